package dev.cofferdam.review.deployment;

import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.register.HandedOver;
import dev.cofferdam.review.register.HandedOver.Credential;
import dev.cofferdam.review.register.RouteProbes;
import dev.cofferdam.review.signoff.Subject;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Probes;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Routes;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Touched;
import dev.cofferdam.review.web.Town;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A server that somebody else runs, with a group of this run in each of two tenants: nothing else
 * is made there.
 */
public final class Deployment implements AutoCloseable {
  private static final String GROUPS = "/v1/groups";

  private final MarkedRoad road;
  private final Site site;
  private final String marker;
  private final Undoing undoing = new Undoing();
  private final List<Resident> residents = new ArrayList<>();
  private final Map<UUID, Things> things = new HashMap<>();
  private final Routes routes;
  private final Probes probes = new Probes(RouteProbes.shipped());
  private @Nullable Scene scene;
  private Optional<Told> told = Optional.empty();

  private Deployment(MarkedRoad road, Site site, String marker) throws IOException {
    this.road = road;
    this.site = site;
    this.marker = marker;
    try (Browser nobody = browser(Map.of(), "")) {
      this.routes = Routes.of(required(nobody.get("/v1/openapi.json"), "/v1/openapi.json").json());
    }
  }

  /**
   * How a server is reached.
   *
   * @param server its origin
   * @param authorities who vouch for it, as a PEM file; empty for those that the JDK trusts
   * @param perSecond how many requests are sent at the most
   * @param written is told each of them, in a line
   */
  public record Reached(URI server, Path authorities, double perSecond, Consumer<String> written) {}

  /**
   * Looks at it, and makes what attacks need. What was made is taken away when it is closed, and
   * when the process is told to end.
   *
   * @throws IOException when it cannot be reached safely, or an identity is not what it was handed
   *     over as; everything is as before then
   */
  public static Deployment open(Reached reached, HandedOver identities) throws IOException {
    URI server = Trusted.server(reached.server());
    String marker = "review-" + UUID.randomUUID().toString().substring(0, 8);
    MarkedRoad road =
        new MarkedRoad(
            server,
            Trusted.by(reached.authorities()),
            Pace.of(reached.perSecond()),
            marker,
            reached.written());
    int port = server.getPort() < 0 ? road.usualPort() : server.getPort();
    String host = server.getHost().replaceAll("[\\[\\]]", "");
    Deployment deployment;
    try {
      deployment = new Deployment(road, new Site(host, port, road), marker);
    } catch (UncheckedIOException unreachable) {
      throw new IOException(
          "`" + server + "` cannot be reached: " + unreachable.getCause(), unreachable);
    }
    Thread hook = new Thread(deployment::undoAndTell);
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      deployment.settle(identities);
      return deployment;
    } catch (IOException | RuntimeException failed) {
      deployment.close();
      throw failed;
    }
  }

  /** What a server says it runs. */
  public record Told(Subject.Part code, Subject.Part configuration, Subject.Part policies) {}

  private void settle(HandedOver identities) throws IOException {
    if (identities.operator().isPresent()) {
      told = Optional.of(told(identities.operator().get()));
    }
    Occupant attacker = occupant("attacker", identities.attacker());
    Occupant victim = occupant("victim", identities.victim());
    if (attacker.id().equals(victim.id())) {
      throw new IOException("Attacker and victim are handed over at work in one tenant.");
    }
    if (identities.stranger().isPresent()
        && identities.stranger().get() instanceof Credential.Cookie(var cookie)) {
      residents.add(resident("stranger", null, Part.FORMER, cookie));
    }
    scene =
        new Scene(
            attacker,
            victim,
            new Web(
                site,
                new Town(routes, probes, residents, things),
                road::rest,
                () -> "",
                new Web.Observed(attacker.id(), new Touched())),
            Optional.empty());
  }

  /** What the server says it runs, to somebody who may ask. */
  private Told told(Credential operator) throws IOException {
    if (!(operator instanceof Credential.Cookie(var cookie))) {
      throw new IOException("The operator acts with a `cookie`: there are no tokens for that.");
    }
    String path = "/v1/operator/standing";
    try (Browser browser = browser(Map.of(Web.SESSION_COOKIE, cookie), "")) {
      JsonNode told = required(browser.get(path), path + " as operator").json();
      return new Told(
          part(told.path("code")), part(told.path("configuration")), part(told.path("policies")));
    }
  }

  private static Subject.Part part(JsonNode told) throws IOException {
    Map<String, String> items = new HashMap<>();
    told.path("items")
        .properties()
        .forEach(item -> items.put(item.getKey(), item.getValue().asString("")));
    Subject.Part part = Subject.Part.of(items);
    if (!part.digest().equals(told.path("digest").asString(""))) {
      throw new IOException("What the server says of what it runs does not agree with itself.");
    }
    return part;
  }

  /** Everybody of a tenant, and what it has. */
  private Occupant occupant(String called, Map<String, Credential> handed) throws IOException {
    String canary = "canary-" + UUID.randomUUID();
    if (!(handed.get("owner") instanceof Credential.Cookie(var own))) {
      throw new IOException("The owner of the " + called + "'s tenant acts with a `cookie`.");
    }
    Resident owner = resident(called + "'s owner", null, Part.OWNER, own);
    try (Browser browser = browser(owner.cookies(), owner.csrf())) {
      Reply tenant = required(browser.get("/v1/tenant"), "/v1/tenant as " + called + "'s owner");
      UUID id = UUID.fromString(tenant.member("tenant_id"));
      for (Map.Entry<String, Credential> one : handed.entrySet()) {
        residents.add(resident(called, id, one.getKey(), one.getValue()));
      }
      undoing.before(
          "the group of this run in " + called + "'s tenant", () -> takeAway(owner, called));
      required(
          browser.ask(
              Ask.of("POST", GROUPS)
                  .json(Map.of("name", marker + " " + canary))
                  .with("Idempotency-Key", UUID.randomUUID().toString())),
          GROUPS + " as " + called + "'s owner");
      String group = groups(browser).getFirst();
      things.put(
          id,
          Inventory.of(
              browser,
              Map.of(
                  "group", group,
                  "tenant", id.toString(),
                  "session", owner.session().toString())));
      return new Occupant(id, tenant.member("slug"), canary, "");
    }
  }

  private Resident resident(String called, UUID tenant, String kind, Credential credential)
      throws IOException {
    return switch (credential) {
      case Credential.Token(var token) -> Resident.program(tenant, token);
      case Credential.Cookie(var cookie) ->
          resident(
              called + "'s " + kind, tenant, Part.valueOf(kind.toUpperCase(Locale.ROOT)), cookie);
    };
  }

  /** Somebody with a session, found to be what they were handed over as. */
  private Resident resident(String called, @Nullable UUID tenant, Part part, String cookie)
      throws IOException {
    Map<String, String> cookies = Map.of(Web.SESSION_COOKIE, cookie);
    try (Browser browser = browser(cookies, "")) {
      Reply me = required(browser.get("/v1/me"), "/v1/me as " + called);
      JsonNode workspace = me.json().path("workspace");
      boolean works =
          tenant == null
              || part == Part.FORMER
              || workspace.path("tenant_id").asString("").equals(tenant.toString())
                  && workspace.path("role").asString("").equals(part.role());
      if (!works) {
        throw new IOException(
            "The session that was handed over as %s is not at work there as %s."
                .formatted(called, part.word()));
      }
      return new Resident(
          called,
          tenant,
          part,
          UUID.fromString(me.member("person_id")),
          UUID.fromString(me.member("session_id")),
          cookies,
          me.member("csrf_token"));
    }
  }

  /** Takes away whatever carries the marker in its name. */
  private List<String> takeAway(Resident owner, String called) throws IOException {
    List<String> left = new ArrayList<>();
    try (Browser browser = browser(owner.cookies(), null)) {
      for (String group : groups(browser)) {
        Ask removal =
            probes.ask(routes.at("DELETE", GROUPS + "/" + group).orElseThrow(), _ -> group);
        Reply reply = browser.ask(removal);
        if (!reply.isDone()) {
          left.add("group %s in %s's tenant: %s".formatted(group, called, reply.brief()));
        }
      }
    }
    return left;
  }

  /** The ids of this run's groups in the tenant that the browser works in. */
  private List<String> groups(Browser browser) throws IOException {
    List<String> found = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = required(browser.get(GROUPS + "?limit=200" + cursor), GROUPS).json();
      for (JsonNode item : page.path("items")) {
        if (item.path("name").asString("").startsWith(marker)) {
          found.add(item.path("id").asString(""));
        }
      }
      String next = page.path("next").asString("");
      cursor = next.isEmpty() ? "" : "&cursor=" + Ask.encoded(next);
    } while (!cursor.isEmpty());
    return found;
  }

  private Browser browser(Map<String, String> cookies, @Nullable String csrf) {
    return new Browser(site, cookies, csrf, road::rest);
  }

  private static Reply required(Reply reply, String asked) throws IOException {
    if (!reply.isDone()) {
      throw new IOException("The server answered " + asked + " with " + reply.brief() + ".");
    }
    return reply;
  }

  /** Where attacks are played. */
  public Scene scene() {
    return java.util.Objects.requireNonNull(scene);
  }

  /** What the server says it runs; nothing when nobody was handed over who may ask. */
  public Optional<Told> told() {
    return told;
  }

  /** What every request carries, and what is in the name of whatever is made. */
  public String marker() {
    return marker;
  }

  public int requests() {
    return road.requests();
  }

  /** How many requests met a limit. */
  public int tooMany() {
    return road.tooMany();
  }

  /** Takes away what was made; tells what could not be. */
  public List<String> undo() {
    return undoing.undo();
  }

  private void undoAndTell() {
    undo().forEach(one -> System.err.println("cofferdam: left behind: " + one));
  }

  @Override
  public void close() {
    undo();
  }
}
