package dev.cofferdam.review.laboratory;

import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.deployment.MarkedRoad;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.register.RouteProbes;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Two tenants of the review's own on a server that people look at, with everybody and everything
 * that attacks need: made over HTTP, as anybody could, and called by the marker of the run.
 */
public final class OwnTenants implements AutoCloseable {
  /** Who runs the platform; the development IdP has no other. */
  private static final String OPERATOR = "ken";

  /** What the development IdP calls whoever is not on its page, and where their letters go. */
  private static final String PREFIX = "anybody-";

  private static final String PLACE = "@anybody.example";

  private final PlainServer server;
  private final MarkedRoad road;
  private final Arrivals arrivals;
  private final Occupant attacker;
  private final Occupant victim;
  private final Town town;
  private final List<Web> webs = new ArrayList<>();

  private OwnTenants(
      PlainServer server,
      MarkedRoad road,
      Arrivals arrivals,
      Occupant attacker,
      Occupant victim,
      Town town) {
    this.server = server;
    this.road = road;
    this.arrivals = arrivals;
    this.attacker = attacker;
    this.victim = victim;
    this.town = town;
  }

  /**
   * Makes them.
   *
   * @param road to the server, with the marker of the run
   * @param number tells them from others of the same run, 1 to 9
   * @param idp what they bring as their own identity provider, which the server's settings let them
   *     reach
   * @throws LaboratoryException when that fails
   */
  public static OwnTenants found(PlainServer server, MarkedRoad road, int number, HostileIdp idp) {
    Site site = new Site(server.site().host(), server.site().port(), road);
    Arrivals arrivals =
        new Arrivals(
            site,
            road::restIfMet,
            server.letters(),
            new Arrivals.Folk(
                PREFIX, subject -> subject.substring(PREFIX.length()) + PLACE, List.of(OPERATOR)));
    Households households =
        new Households(
            arrivals, idp, (tenant, count) -> colleagues(arrivals, tenant, count, road.marker()));
    Routes routes = arrivals.routes();
    Occupant attacker = households.founded(road.marker() + "a" + number);
    Occupant victim = households.founded(road.marker() + "v" + number);
    Map<UUID, Things> things = new HashMap<>();
    things.put(attacker.id(), households.people(attacker, false));
    things.put(victim.id(), households.people(victim, true));
    arrivals.stranger(road.marker() + "n" + number);
    arrivals.operators();
    Town town = new Town(routes, new Probes(RouteProbes.shipped()), arrivals.residents(), things);
    return new OwnTenants(server, road, arrivals, attacker, victim, town);
  }

  /** Members like any other, whom nobody plays. */
  private static List<String> colleagues(Arrivals arrivals, UUID tenant, int count, String marker) {
    Browser owner = arrivals.browser(tenant, Part.OWNER);
    List<String> ids = new ArrayList<>();
    for (int n = 1; n <= count; n++) {
      String subject =
          arrivals.subject(marker + "-mate" + n + "-" + tenant.toString().substring(24));
      ids.add(arrivals.joined(owner, subject, tenant, Part.COLLEAGUE).person().toString());
    }
    return ids;
  }

  /** What an attack is given: everybody with a fresh browser, and a log that begins now. */
  public Scene scene() {
    webs.forEach(Web::close);
    webs.clear();
    Web web =
        new Web(
            new Site(server.site().host(), server.site().port(), road),
            town,
            road::restIfMet,
            server.logFromNow(),
            new Web.Observed(attacker.id(), new Touched()));
    webs.add(web);
    return new Scene(attacker, victim, web, Optional.of(server::asSuperuser));
  }

  /**
   * Has both deleted, as their owners do it, and whatever tenants the same people have founded
   * meanwhile, as some attacks do; tells what could not be.
   */
  public List<String> leave() {
    List<String> left = new ArrayList<>();
    Web web = scene().web();
    for (Resident who :
        List.of(
            web.resident(attacker.id(), Part.OWNER),
            web.resident(victim.id(), Part.OWNER),
            web.nowhere())) {
      Browser browser = web.signedIn(who, Web.USUAL_ACR);
      for (Occupant occupant : List.of(attacker, victim)) {
        if (who.isIn(occupant.id())) {
          alone(web, browser, occupant.id());
        }
      }
      Reply workspaces = browser.get("/v1/workspaces?limit=200");
      for (JsonNode one : workspaces.json().path("items")) {
        if (one.path("role").asString("").equals(Part.OWNER.role())) {
          deleted(browser, one).ifPresent(left::add);
        }
      }
    }
    return left;
  }

  /** Of several owners another one would have to agree, who has been one for days. */
  private static void alone(Web web, Browser owner, UUID tenant) {
    entered(owner, tenant.toString());
    for (Resident other : web.all(tenant, Part.CO_OWNER)) {
      owner.ask(
          Ask.of("DELETE", "/v1/members/" + other.person())
              .with("If-Match", "\"1\", \"2\", \"3\""));
    }
  }

  private static void entered(Browser browser, String tenant) {
    browser.ask(Ask.of("PUT", "/v1/session/workspace").json(Map.of("tenant_id", tenant)));
  }

  /** Has one deleted; tells why it is not. */
  private static Optional<String> deleted(Browser owner, JsonNode workspace) {
    String slug = workspace.path("slug").asString("");
    entered(owner, workspace.path("tenant_id").asString(""));
    Ask deletion = Ask.of("POST", "/v1/tenant/deletion").json(Map.of("slug", slug));
    Reply reply = owner.ask(deletion);
    return reply.isDone()
        ? Optional.empty()
        : Optional.of("tenant %s: %s".formatted(slug, reply.brief()));
  }

  @Override
  public void close() {
    webs.forEach(Web::close);
    arrivals.close();
  }
}
