package dev.cofferdam.review.web;

import dev.cofferdam.review.register.RouteProbes;
import dev.cofferdam.review.wire.Ask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Makes requests for routes, as sensible as whoever may use them would make them. */
public final class Probes {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<String> ORDER = List.of("GET", "PUT", "PATCH", "POST", "DELETE");

  /** Whatever was read, within reason: versions are counted from one, and nothing yet is zero. */
  private static final String ANY_VERSION =
      IntStream.rangeClosed(0, 9).mapToObj(n -> "\"" + n + "\"").collect(Collectors.joining(", "));

  private final RouteProbes data;

  public Probes(RouteProbes data) {
    this.data = data;
  }

  /** Every route that nothing can be asked of, with what is missing for it. */
  public List<String> missing(Routes routes) {
    List<String> missing = new ArrayList<>();
    for (Route route : routes.all()) {
      if (!isElsewhere(route)) {
        for (String name : names(route)) {
          if (kind(route, name).isEmpty() && word(route, name).isEmpty()) {
            missing.add(route + ": nothing is said of `" + name + "`");
          }
        }
      }
    }
    Stream.of(
            data.elsewhere().keySet().stream(),
            data.withheld().stream().flatMap(one -> one.routes().stream()),
            data.last().stream().map(RouteProbes.Last::route))
        .flatMap(names -> names)
        .filter(name -> routes.all().stream().noneMatch(route -> route.name().equals(name)))
        .map(name -> name + ": there is no such route any more")
        .forEach(missing::add);
    return missing;
  }

  /** Whether only attacks of its own ask for it. */
  public boolean isElsewhere(Route route) {
    return data.elsewhere().containsKey(route.name());
  }

  /**
   * Whether asking for it may cost whoever asks their session, or what they are in their tenant.
   */
  public boolean isCostly(Route route) {
    return data.by(route.name())
        .filter(by -> by != RouteProbes.By.OWNER && by != RouteProbes.By.GUEST)
        .isPresent();
  }

  /** All that can be asked for, in an order in which everybody may, one after the other. */
  public List<Route> inOrder(List<Route> routes) {
    return routes.stream()
        .filter(route -> !isElsewhere(route))
        .sorted(
            Comparator.comparing(this::place)
                .thenComparing(route -> ORDER.indexOf(route.method()))
                // What lies within before what is around it.
                .thenComparing(route -> -route.path().length())
                .thenComparing(Route::path))
        .toList();
  }

  /** Whether asking for it takes away what it names. */
  public boolean isTaking(Route route) {
    return place(route) >= 0 || route.method().equals("DELETE") && route.variables().size() == 1;
  }

  /** Whether it changes something when it is done. */
  public boolean isAct(Route route) {
    return route.changes() && !data.looks().contains(route.action());
  }

  /** Who is to ask for it in earnest. */
  public RouteProbes.By by(Route route) {
    return data.by(route.name()).orElse(RouteProbes.By.OWNER);
  }

  /** Its place among those that are asked for last; −1 for all others. */
  private int place(Route route) {
    return data.last().stream().map(RouteProbes.Last::route).toList().indexOf(route.name());
  }

  /** The kinds that it names and of which nobody else may learn that there is one. */
  public List<String> hidden(Route route) {
    return kinds(route).stream().filter(kind -> !data.known().contains(kind)).toList();
  }

  /** The kinds of thing that a request for it names, each once. */
  public List<String> kinds(Route route) {
    return names(route).stream().flatMap(name -> kind(route, name).stream()).distinct().toList();
  }

  /**
   * A request for {@code route}.
   *
   * @param thing gives an id for a kind of thing
   */
  public Ask ask(Route route, UnaryOperator<String> thing) {
    UnaryOperator<String> value = name -> value(route, name, thing);
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String name : sent(route)) {
      parameters.put(name, value.apply(name));
    }
    String path = route.filled(name -> segments(value.apply(name)));
    boolean form = route.changes() && route.isPage();
    Ask ask =
        Ask.of(
            route.method(),
            form || parameters.isEmpty() ? path : path + "?" + Ask.encoded(parameters));
    if (form) {
      ask = ask.form(parameters);
    }
    if (route.json()) {
      ask = ask.json(body(route, value));
    }
    if (route.bytes()) {
      ask = ask.text("application/octet-stream", "what a probe sends");
    }
    if (route.ifMatch()) {
      ask = ask.with("If-Match", ANY_VERSION);
    }
    return route.once() ? ask.with("Idempotency-Key", UUID.randomUUID().toString()) : ask;
  }

  /** Of a path: a variable may stand for several. */
  private static String segments(String value) {
    return Arrays.stream(value.split("/")).map(Ask::segment).collect(Collectors.joining("/"));
  }

  /** The JSON body of such a request, for whoever wants to change something about it. */
  public Map<String, Object> body(Route route, UnaryOperator<String> value) {
    Map<String, Object> body = new LinkedHashMap<>();
    for (Route.Field field : route.fields()) {
      String text = value.apply(field.name());
      body.put(field.name(), field.type().equals("string") ? text : JSON.readTree(text));
    }
    return body;
  }

  /** What fills {@code name} in a request for {@code route}. */
  public String value(Route route, String name, UnaryOperator<String> thing) {
    return kind(route, name)
        .map(thing)
        .or(
            () ->
                word(route, name)
                    .map(word -> word.replace("*", UUID.randomUUID().toString().substring(24))))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "nothing can be asked of " + route + ": no `" + name + "`"));
  }

  private List<String> sent(Route route) {
    return route.query().stream().filter(name -> !data.leftOut().contains(name)).toList();
  }

  private List<String> names(Route route) {
    List<String> names = new ArrayList<>(route.variables());
    names.addAll(sent(route));
    route.fields().forEach(field -> names.add(field.name()));
    return names;
  }

  private Optional<String> kind(Route route, String name) {
    return special(data.things(), route, name)
        .or(
            () ->
                special(data.words(), route, name).isPresent()
                    ? Optional.empty()
                    : Optional.ofNullable(data.things().get(name)));
  }

  private Optional<String> word(Route route, String name) {
    return special(data.words(), route, name).or(() -> Optional.ofNullable(data.words().get(name)));
  }

  /** What is said of the name in this route, or in paths that begin like its own. */
  private static Optional<String> special(Map<String, String> said, Route route, String name) {
    return Optional.ofNullable(said.get(route.name() + " " + name))
        .or(
            () ->
                route.variables().contains(name)
                    ? Optional.ofNullable(said.get(route.upTo(name)))
                    : Optional.empty());
  }
}
