package dev.cofferdam.review.routes;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.identity.KeyedClient;
import dev.cofferdam.review.identity.Tokens;
import dev.cofferdam.review.issuer.ForgedToken;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.issuer.TokenCases;
import dev.cofferdam.review.nodes.Machine;
import dev.cofferdam.review.nodes.NodeSession;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.AskingClient;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Denial;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Spill;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.web.Who;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * ISO-01 with everything that a server gives and that is no way in: on every route and with every
 * verb, each kind of credential that is another tenant's, is over, was made for somebody else or
 * for something else. What comes back and what the server logs is searched for the victim's canary.
 */
public final class Misplaced {
  /** A second, and what a busy machine takes for the last look. */
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  /** Longer than any access token is good. */
  private static final Duration LONG = Duration.ofMinutes(20);

  private Misplaced() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "ISO-01.misplaced",
            "shows on every route what is good elsewhere, for something else, or no more",
            Mode.DESTRUCTIVE,
            Set.of(Identity.NOBODY, Identity.NODE),
            Misplaced::shown,
            RightfulUse::works));
  }

  /** Somebody, and how they show what they have. */
  private record Shower(Who who, UnaryOperator<Ask> show, String secret) {
    static Shower bearing(Who who, String secret) {
      return new Shower(who, ask -> Tokens.bearing(ask, secret), secret);
    }
  }

  private static Verdict shown(Target target) {
    List<Shower> all = new ArrayList<>();
    Shower revoked = revoked(target);
    if (isKnown(target.web(), revoked)) {
      return new Verdict.Succeeded("what was a node is still known as one");
    }
    all.add(revoked);
    all.add(foreignNode(target));
    tickets(target).forEach((who, secret) -> all.add(Shower.bearing(who, secret)));
    String token = expiring(target);
    Map<Who, List<Asked>> asked = new EnumMap<>(Who.class);
    for (Shower shower : all) {
      Optional<Verdict> verdict = everywhere(target, shower, asked);
      if (verdict.isPresent()) {
        return verdict.get();
      }
    }
    target.server().moveClock(LONG);
    try {
      Shower expired = Shower.bearing(Who.EXPIRED, token);
      all.add(expired);
      Optional<Verdict> verdict = everywhere(target, expired, asked);
      if (verdict.isPresent()) {
        return verdict.get();
      }
    } finally {
      target.server().moveClock(Duration.ZERO);
    }
    return logged(target, all).orElseGet(() -> new Verdict.Refused(told(asked)));
  }

  private static String told(Map<Who, List<Asked>> asked) {
    List<Asked> all = asked.values().stream().flatMap(List::stream).toList();
    return "%d requests with %d kinds of credential: %s"
        .formatted(all.size(), asked.size(), Denial.summary(all));
  }

  /** On every route that is not everybody's, with what is the victim's. */
  private static Optional<Verdict> everywhere(
      Target target, Shower shower, Map<Who, List<Asked>> asked) {
    Web web = target.web();
    Things theirs = web.things(target.victim().id());
    Spill spill = new Spill(target.victim().canary(), theirs);
    Browser browser = web.showing(shower.who());
    for (Route route : web.swept()) {
      if (route.access().equals("anyone") || web.probes().isElsewhere(route)) {
        continue;
      }
      Ask ask = shower.show().apply(web.probes().ask(route, theirs::first));
      Asked one = new Asked(shower.who().word(), route, ask, browser.bare(ask));
      asked.computeIfAbsent(shower.who(), _ -> new ArrayList<>()).add(one);
      Optional<String> spilt = spill.in(ask, one.reply());
      if (one.reply().isDone() || spilt.isPresent()) {
        return Optional.of(
            new Verdict.Succeeded(one.told() + spilt.map(what -> " with " + what).orElse("")));
      }
      if (one.reply().status() >= 500) {
        return Optional.of(new Verdict.Inconclusive(one.told()));
      }
    }
    return Optional.empty();
  }

  /** What the server wrote down of all that. */
  private static Optional<Verdict> logged(Target target, List<Shower> all) {
    String log = target.web().log();
    Set<String> secrets = new HashSet<>(List.of(target.victim().canary()));
    all.forEach(shower -> secrets.add(shower.secret()));
    return secrets.stream()
        .filter(log::contains)
        .findFirst()
        .map(
            secret ->
                new Verdict.Succeeded(
                    "the server's log holds `" + secret.substring(0, 8) + "…`, which was shown"));
  }

  // --- nodes -----------------------------------------------------------------------------------

  private static Browser admin(Target target, UUID tenant) {
    return target.web().as(tenant, Part.ADMIN);
  }

  private static Shower foreignNode(Target target) {
    Browser network = target.web().nobody();
    Machine machine =
        Machine.registered(admin(target, target.attacker().id()), network, "of another");
    return node(Who.FOREIGN_NODE, machine.from(network));
  }

  /** What was a node, with a token of before. */
  private static Shower revoked(Target target) {
    Browser admin = admin(target, target.victim().id());
    Browser network = target.web().nobody();
    Machine machine = Machine.registered(admin, network, "was one");
    Shower shower = node(Who.REVOKED_NODE, machine.from(network));
    Reply known = network.bare(shower.show().apply(Ask.get("/v1/node")));
    if (!known.isDone()) {
      throw new IllegalStateException("it is not known before: " + known.readable());
    }
    Reply revoked = admin.ask(Ask.of("DELETE", "/v1/nodes/" + machine.id()));
    if (!revoked.isDone()) {
      throw new IllegalStateException("no node is revoked: " + revoked.readable());
    }
    return shower;
  }

  private static Shower node(Who who, NodeSession session) {
    Reply given = session.token();
    if (!given.isDone()) {
      throw new IllegalStateException("no node gets a token: " + given.readable());
    }
    String token = given.member("access_token");
    return new Shower(who, ask -> session.shown(ask, token), token);
  }

  /** Whether the server takes for a node what is none, when it has had its second. */
  private static boolean isKnown(Web web, Shower revoked) {
    Browser browser = web.showing(revoked.who());
    long began = System.nanoTime();
    while (!isNobodys(browser.bare(revoked.show().apply(Ask.get("/v1/node"))))) {
      if (System.nanoTime() - began > PATIENCE_NANOS) {
        return true;
      }
    }
    return false;
  }

  /** And no proof that came twice, since a connection ended under it. */
  private static boolean isNobodys(Reply reply) {
    return reply.status() == 401 && !reply.code().equals("invalid_dpop_proof");
  }

  // --- tickets ---------------------------------------------------------------------------------

  /** What the victim's people and programs are given, each for one thing. */
  private static Map<Who, String> tickets(Target target) {
    Web web = target.web();
    UUID tenant = target.victim().id();
    Browser owner = web.as(tenant, Part.OWNER);
    Map<Who, String> tickets = new EnumMap<>(Who.class);
    tickets.put(Who.OTHER_AUDIENCE, ofOtherAudience(web));
    tickets.put(Who.INVITE_CODE, web.things(tenant).first("code"));
    tickets.put(
        Who.BOOTSTRAP_TOKEN, Machine.bootstrap(admin(target, tenant), "never").member("token"));
    AskingClient client = AskingClient.registered(owner, "of a sweep");
    Reply redeemed = web.nobody().ask(client.redeeming(client.code(owner)));
    if (!redeemed.isDone()) {
      throw new IllegalStateException("no code is redeemed: " + redeemed.readable());
    }
    tickets.put(Who.REFRESH_TOKEN, redeemed.member("refresh_token"));
    tickets.put(Who.AUTHORIZATION_CODE, client.code(owner));
    tickets.put(
        Who.STEP_UP, Tokens.state(owner.get("/step-up?acr_values=multi_factor&return_to=/home")));
    tickets.put(Who.FORM_TOKEN, owner.token());
    return tickets;
  }

  /** Good, and for whoever trusts the one who made it. */
  private static String ofOtherAudience(Web web) {
    try (HostileIdp idp = HostileIdp.open()) {
      return new ForgedToken(idp, web.site().origin(), Instant.now()).of(TokenCases.honest(), "n");
    }
  }

  /** An access token of the victim's that is good for a while. */
  private static String expiring(Target target) {
    Web web = target.web();
    return KeyedClient.of(admin(target, target.victim().id()), "admin", "tenant:read")
        .token(web.nobody());
  }
}
