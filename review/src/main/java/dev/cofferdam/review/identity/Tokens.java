package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.issuer.BroughtProvider;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.issuer.TrustedIssuer;
import dev.cofferdam.review.nodes.Machine;
import dev.cofferdam.review.web.AskingClient;
import dev.cofferdam.review.web.AskingDevice;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.net.URI;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * IDN-03, ADM-03 and STP-01: tokens that are shown where another credential belongs, that are used
 * for more than they are for, and that are to do what is for people.
 */
public final class Tokens {
  private static final String PERSONAL = "cofferdam_pat_";
  private static final String SERVICE = "cofferdam_svc_";
  private static final Set<String> DENIED =
      Set.of("insufficient_scope", "person_required", "forbidden");

  private Tokens() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "IDN-03.matrix",
            "shows every kind of credential at every place that another kind is for",
            Mode.NOISY,
            Set.of(Identity.OWNER, Identity.PERSONAL_TOKEN, Identity.SERVICE_TOKEN),
            Tokens::matrix,
            target -> tokensWork(target.scene())),
        Attack.amongOwn(
            "ADM-03.scope",
            "reads with a service's token, on every route of a tenant, what the token is not for",
            Mode.NOISY,
            Set.of(Identity.SERVICE_TOKEN),
            scene -> beyond(scene, Tokens::isOfTenant),
            Tokens::tokensWork),
        Attack.amongOwn(
            "ADM-03.scope-within",
            "the same where groups and projects are decided upon once more",
            Mode.NOISY,
            Set.of(Identity.SERVICE_TOKEN),
            scene -> beyond(scene, Tokens::isDecidedTwice),
            Tokens::tokensWork),
        Attack.amongOwn(
            "STP-01.token",
            "does with a token what asks for a sign-in of just now, or for a person",
            Mode.DESTRUCTIVE,
            Set.of(Identity.PERSONAL_TOKEN),
            Tokens::asPerson,
            Tokens::tokensWork));
  }

  /** A token that was made just now, of the owner or of a service of theirs. */
  private static String made(Web web, UUID tenant, Part part, String path, Map<String, ?> more) {
    Browser fresh = web.as(tenant, part);
    return made(fresh, path, more).member("token");
  }

  /** The answer with a new token. */
  public static Reply made(Browser fresh, String path, Map<String, ?> more) {
    Map<String, Object> wanted = new LinkedHashMap<>(more);
    wanted.put("label", "of an attack");
    wanted.put("expires_in_days", 1);
    wanted.putIfAbsent("scopes", List.of("tenant:read"));
    Reply reply = fresh.ask(Ask.of("POST", path).json(wanted));
    if (!reply.isDone()) {
      throw new IllegalStateException("nobody makes a token: " + reply.readable());
    }
    return reply;
  }

  /** The same with a token. */
  public static Ask bearing(Ask ask, String token) {
    return ask.with("Authorization", "Bearer " + token);
  }

  /**
   * Somewhere that one kind of credential is for.
   *
   * @param of its kind, as an expression
   * @param met what is met with another
   * @param taken whether it was taken for what belongs there
   */
  private record Place(
      String of, Function<String, Reply> show, String met, Predicate<Reply> taken) {
    Place(String of, Function<String, Reply> show, String met) {
      this(of, show, met, Reply::isDone);
    }

    boolean isFor(String credential) {
      return credential.matches("(" + of + ")( .*)?");
    }
  }

  private static Verdict matrix(Target target) {
    try (HostileIdp idp = HostileIdp.open()) {
      BroughtProvider.reach(target, idp);
      return matrix(target, idp);
    }
  }

  private static Verdict matrix(Target target, HostileIdp idp) {
    Web web = target.web();
    UUID tenant = target.attacker().id();
    Browser fresh = web.as(tenant, Part.OWNER);
    AskingClient client = AskingClient.registered(fresh, "Of a confusion");
    KeyedClient keyed = KeyedClient.of(fresh, "admin", "tenant:read");
    String rule =
        TrustedIssuer.by(fresh, idp, "of a confusion", "us")
            .rule("of a confusion", "member", List.of("tenant:read"), Map.of("sub", "program"))
            .id();
    Map<String, String> shown = credentials(web, tenant, client, keyed);
    List<Place> places =
        Stream.of(
                places(web, web.resident(tenant, Part.OWNER)),
                placesOfPrograms(web, client, web.resident(tenant, Part.OWNER)),
                placesOfClients(web, keyed, rule))
            .flatMap(List::stream)
            .toList();
    List<String> met = new ArrayList<>();
    for (Place place : places) {
      for (Map.Entry<String, String> credential : shown.entrySet()) {
        if (place.isFor(credential.getKey())) {
          continue;
        }
        Reply reply = place.show().apply(credential.getValue());
        String told = "a %s as %s met %s".formatted(credential.getKey(), place.of(), reply.brief());
        if (place.taken().test(reply)) {
          return new Verdict.Succeeded(told);
        }
        if (!reply.code().matches(place.met())) {
          return new Verdict.Inconclusive(told);
        }
        met.add(reply.code());
      }
    }
    return new Verdict.Refused(
        met.size() + " credentials at places of another: " + Set.copyOf(met));
  }

  /** Each under the place that it is for; behind a blank what was made of it. */
  private static Map<String, String> credentials(
      Web web, UUID tenant, AskingClient client, KeyedClient keyed) {
    Resident owner = web.resident(tenant, Part.OWNER);
    String own = made(web, tenant, Part.OWNER, "/v1/tokens", Map.of());
    String service = made(web, tenant, Part.OWNER, "/v1/service-tokens", Map.of("role", "admin"));
    String handle = String.valueOf(owner.cookies().get(Web.SESSION_COOKIE));
    Things things = web.things(tenant);
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("cookie", handle);
    shown.put("csrf", owner.csrf());
    shown.put("code", things.of("code").getLast());
    shown.put("cursor", web.as(owner).get("/v1/groups?limit=1").member("next"));
    shown.put("state", state(web.nobody().get("/sign-in")));
    shown.put("token", own);
    shown.put("token of a service", service);
    // It is for where tokens are.
    shown.put("token of a client", keyed.token(web.nobody()));
    KeyPair key = KeyedClient.key();
    // Without a proof of its key it is for nowhere.
    shown.put("bound token", keyed.boundTo(key, web.nobody()));
    shown.put("proof", keyed.proof(key, "POST", KeyedClient.TOKEN, null));
    shown.put("assertion", keyed.assertion(keyed.ownKey()));
    Reply granted = web.nobody().bare(client.redeeming(client.code(web.as(owner))));
    String refresh = granted.member("refresh_token");
    shown.put("token that a person let a client have", granted.member("access_token"));
    shown.put("renewal", refresh);
    shown.put("renewal called a token", PERSONAL + refresh.replaceFirst(".*_", ""));
    shown.put("authorization", client.code(web.as(owner)));
    AskingDevice device = AskingDevice.asking(web.nobody(), AskingDevice.COMMAND_LINE);
    shown.put("device", device.told().member("device_code"));
    shown.put("typed", device.code());
    AskingDevice wanting = AskingDevice.wanting(web.nobody(), "tenant:read");
    shown.put("device that asks for a token", wanting.told().member("device_code"));
    shown.put("typed for a token", wanting.code());
    shown.put("bootstrap", Machine.bootstrap(web.as(owner), "of-a-confusion").member("token"));
    shown.put("personal token called a service's", own.replace(PERSONAL, SERVICE));
    shown.put("service's token called a personal one", service.replace(SERVICE, PERSONAL));
    shown.put("personal token without its word", own.substring(PERSONAL.length()));
    shown.put("handle called a token", PERSONAL + handle);
    return shown;
  }

  /** The state that somebody is sent to an identity provider with. */
  public static String state(Reply way) {
    String query = URI.create(way.field("Location").orElseThrow()).getRawQuery();
    return Stream.of(query.split("&"))
        .filter(parameter -> parameter.startsWith("state="))
        .findFirst()
        .orElseThrow()
        .substring("state=".length());
  }

  private static List<Place> places(Web web, Resident owner) {
    Browser nobody = web.nobody();
    Browser signedIn = web.as(owner);
    Ask group = Ask.of("POST", "/v1/groups").json(Map.of("name", "of a confusion"));
    return List.of(
        new Place(
            "cookie",
            shown ->
                nobody.bare(Ask.get("/v1/me").with("Cookie", Web.SESSION_COOKIE + "=" + shown)),
            "unauthenticated"),
        new Place(
            "token", shown -> nobody.bare(bearing(Ask.get("/v1/tenant"), shown)), "invalid_token"),
        new Place(
            "csrf",
            shown ->
                signedIn.bare(
                    group.with("Origin", web.site().origin()).with("Cofferdam-CSRF", shown)),
            "cross_site_request"),
        new Place(
            "code",
            shown ->
                signedIn.ask(Ask.of("POST", "/v1/invitation/open").json(Map.of("code", shown))),
            "not_found"),
        new Place(
            "cursor",
            shown -> signedIn.get("/v1/groups?" + Ask.encoded(Map.of("cursor", shown))),
            "invalid_cursor"),
        new Place(
            "state",
            shown ->
                nobody.get("/sign-in/callback?" + Ask.encoded(Map.of("state", shown, "code", "a"))),
            "unauthenticated|malformed_request"));
  }

  /** Where clients and machines show what they have. */
  private static List<Place> placesOfPrograms(Web web, AskingClient client, Resident owner) {
    Browser nobody = web.nobody();
    Browser signedIn = web.as(owner);
    return List.of(
        new Place(
            "assertion",
            shown ->
                nobody.bare(
                    Ask.of("POST", KeyedClient.TOKEN)
                        .form(
                            Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_assertion_type",
                                KeyedClient.TYPE,
                                "client_assertion",
                                shown))),
            "invalid_client"),
        new Place("authorization", shown -> nobody.bare(client.redeeming(shown)), "invalid_grant"),
        new Place("renewal", shown -> nobody.bare(client.renewing(shown)), "invalid_grant"),
        new Place(
            "device",
            shown -> nobody.bare(AskingDevice.redeeming(AskingDevice.COMMAND_LINE, shown)),
            "invalid_grant"),
        // What is typed comes back to be corrected, on a page.
        new Place("typed", shown -> signedIn.ask(AskingDevice.typing(shown)), ""),
        new Place("bootstrap", shown -> new Machine().register(nobody, shown), "invalid_token"));
  }

  /** Where clients say who they are, whom they ask about, and what they exchange. */
  private static List<Place> placesOfClients(Web web, KeyedClient keyed, String rule) {
    Browser nobody = web.nobody();
    return List.of(
        new Place(
            "token of a client|token that a person let a client have|bound token",
            shown -> nobody.bare(Introspections.asking(keyed, shown)),
            "",
            reply -> !reply.text().equals(Introspections.NOTHING)),
        new Place(
            "proof",
            shown -> nobody.bare(keyed.asking().with("DPoP", shown)),
            "invalid_dpop_proof"),
        new Place(
            "subject",
            shown -> nobody.bare(TrustedIssuer.exchange(rule, shown)),
            "invalid_request"),
        new Place(
            "client",
            shown ->
                nobody.bare(
                    Ask.of("POST", "/oauth/device")
                        .form(Map.of("client_id", shown, "scope", "tenant:read"))),
            "invalid_client"),
        new Place(
            "client",
            shown -> nobody.bare(new AskingClient(shown).renewing(shown)),
            "invalid_client"),
        new Place(
            "client",
            shown ->
                nobody.bare(
                    Ask.of("POST", "/oauth/revoke")
                        .form(Map.of("client_id", shown, "token", shown))),
            "invalid_client"));
  }

  private static boolean isOfTenant(Route route) {
    return route.access().equals("tenant")
        && route.method().equals("GET")
        && !(route.path().equals("/v1/tenant"));
  }

  private static boolean isDecidedTwice(Route route) {
    return isOfTenant(route)
        && (route.path().startsWith("/v1/groups") || route.path().startsWith("/v1/projects"));
  }

  private static Verdict beyond(Scene scene, Predicate<Route> asked) {
    Web web = scene.web();
    UUID tenant = scene.attacker().id();
    Things own = web.things(tenant);
    String token = made(web, tenant, Part.OWNER, "/v1/service-tokens", Map.of("role", "auditor"));
    Browser nobody = web.nobody();
    Set<String> met = new java.util.TreeSet<>();
    int count = 0;
    for (Route route : web.probes().inOrder(web.routes())) {
      if (!asked.test(route)) {
        continue;
      }
      Reply reply = nobody.bare(bearing(web.probes().ask(route, own::first), token));
      if (reply.isDone()) {
        return new Verdict.Succeeded(
            "a token for `tenant:read` reads " + route.name() + ": " + reply.brief());
      }
      if (!DENIED.contains(reply.code())) {
        return new Verdict.Inconclusive(route.name() + " met " + reply.readable());
      }
      met.add(reply.code());
      count++;
    }
    return count == 0
        ? new Verdict.Inconclusive("there is no such route")
        : new Verdict.Refused(count + " routes with a token that is not for them: " + met);
  }

  private static Verdict asPerson(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.attacker().id();
    String token =
        made(
            web,
            tenant,
            Part.OWNER,
            "/v1/tokens",
            Map.of(
                "scopes",
                List.of(
                    "tenant:read", "members:read", "groups:read", "projects:read", "audit:read")));
    Browser nobody = web.nobody();
    Set<String> met = new java.util.TreeSet<>();
    for (Ask ask :
        List.of(
            Ask.of("POST", "/v1/domains").json(Map.of("name", "of-a-token.residents.example")),
            Ask.of("POST", "/v1/groups").json(Map.of("name", "of a token")),
            Ask.of("PUT", "/v1/tenant/sign-in-policy")
                .with("If-Match", "\"0\", \"1\"")
                .json(Map.of("least_acr", "single_factor")),
            Ask.of("POST", "/v1/tokens")
                .json(
                    Map.of(
                        "label",
                        "of a token",
                        "scopes",
                        List.of("audit:read"),
                        "expires_in_days",
                        30)),
            Ask.get("/v1/sessions"),
            Ask.of("DELETE", "/v1/sessions"))) {
      Reply reply = nobody.bare(bearing(ask, token));
      if (reply.isDone()) {
        return new Verdict.Succeeded("with a token: " + ask + " met " + reply.brief());
      }
      if (!reply.code().equals("person_required")) {
        return new Verdict.Inconclusive(ask + " met " + reply.readable());
      }
      met.add(reply.code());
    }
    return new Verdict.Refused("what is for people met " + met);
  }

  /** The probe: a token of another tenant reads what it is for. */
  private static String tokensWork(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    String token = made(web, tenant, Part.OWNER, "/v1/service-tokens", Map.of("role", "member"));
    Reply reply = web.nobody().bare(bearing(Ask.get("/v1/tenant"), token));
    if (!reply.isDone()) {
      throw new IllegalStateException("no token reads anything: " + reply.readable());
    }
    return "a token reads what it is for";
  }
}
