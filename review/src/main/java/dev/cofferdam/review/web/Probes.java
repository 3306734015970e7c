package dev.cofferdam.review.web;

import dev.cofferdam.review.register.RouteProbes;
import dev.cofferdam.review.wire.Ask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Makes requests for routes, as sensible as whoever may use them would make them. */
public final class Probes {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Whatever was read, within reason: versions are counted from one. */
  private static final String ANY_VERSION =
      IntStream.rangeClosed(1, 9).mapToObj(n -> "\"" + n + "\"").collect(Collectors.joining(", "));

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
          if (kind(route, name).isEmpty() && !data.words().containsKey(name)) {
            missing.add(route + ": nothing is said of `" + name + "`");
          }
        }
      }
    }
    data.elsewhere().keySet().stream()
        .filter(name -> routes.all().stream().noneMatch(route -> route.name().equals(name)))
        .map(name -> name + ": there is no such route any more")
        .forEach(missing::add);
    return missing;
  }

  /** Whether only attacks of its own ask for it. */
  public boolean isElsewhere(Route route) {
    return data.elsewhere().containsKey(route.name());
  }

  /** Whether it takes the session that it is asked in, or its workspace, away. */
  public boolean isEnding(Route route) {
    return data.ending().contains(route.action());
  }

  /** Whether it takes all sessions of whoever asks away. */
  public boolean isEndingAll(Route route) {
    return data.endingAll().contains(route.action());
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
    Optional<String> kind = kind(route, name);
    if (kind.isPresent()) {
      return thing.apply(kind.get());
    }
    String word = data.words().get(name);
    if (word == null) {
      throw new IllegalStateException("nothing can be asked of " + route + ": no `" + name + "`");
    }
    return word.replace("*", UUID.randomUUID().toString().substring(24));
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
    String byPath = route.variables().contains(name) ? data.things().get(route.upTo(name)) : null;
    return Optional.ofNullable(byPath == null ? data.things().get(name) : byPath);
  }
}
