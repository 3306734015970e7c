package dev.cofferdam.review.routes;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.identity.Tokens;
import dev.cofferdam.review.nodes.Machine;
import dev.cofferdam.review.nodes.NodeSession;
import dev.cofferdam.review.register.RouteProbes;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.AskingClient;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Denial;
import dev.cofferdam.review.web.Entitlements;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Snapshot;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Trail;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.web.Who;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * ADM-01 within one's own tenant: on every route, by everybody of the tenant who is not its owner,
 * what is not theirs by what the server's document declares. Whoever may look is answered; whoever
 * may not meets the denial that is theirs, and leaves nothing but its record.
 */
public final class OwnTenant {
  private static final String READING = ":read";

  /** Where it stands when a token was shown last, and which proofs of a key were. */
  private static final List<String> SHOWN = List.of("identity.token", "oauth.used_once");

  private OwnTenant() {}

  public static List<Attack> all() {
    return List.of(
        Attack.amongOwn(
            "ADM-01.roles",
            "asks as a member, an auditor and an admin, on every route, for what their role has not",
            Mode.NOISY,
            Set.of(Identity.MEMBER),
            scene -> swept(scene, people(scene)),
            OwnTenant::membersWork),
        Attack.amongOwn(
            "ADM-01.kinds",
            "asks as a node, as a service and as a person's programs, on every route, for what people have",
            Mode.NOISY,
            Set.of(Identity.NODE, Identity.SERVICE_TOKEN, Identity.PERSONAL_TOKEN),
            scene -> swept(scene, programs(scene)),
            OwnTenant::membersWork));
  }

  /**
   * Somebody of the tenant.
   *
   * @param known whose the records of denials are; null for programs
   */
  private record Class(
      Who who, Browser browser, UnaryOperator<Ask> shown, @Nullable Resident known) {
    Reply ask(Ask ask) {
      if (known != null) {
        return browser.ask(ask);
      }
      Reply reply = browser.bare(shown.apply(ask));
      // A proof that came twice, since a connection ended under it, says nothing of the route.
      return reply.code().equals("invalid_dpop_proof") ? browser.bare(shown.apply(ask)) : reply;
    }
  }

  private static UUID tenant(Scene scene) {
    return scene.victim().id();
  }

  private static List<Class> people(Scene scene) {
    Web web = scene.web();
    return List.of(
        person(web, Who.MEMBER, web.resident(tenant(scene), Part.MEMBER)),
        person(web, Who.AUDITOR, web.resident(tenant(scene), Part.AUDITOR)),
        person(web, Who.ADMIN, web.resident(tenant(scene), Part.ADMIN)));
  }

  private static Class person(Web web, Who who, Resident resident) {
    return new Class(who, web.as(resident), UnaryOperator.identity(), resident);
  }

  /**
   * Each as powerful as there is one: of an owner, or in the role of an admin, with every scope.
   */
  private static List<Class> programs(Scene scene) {
    Web web = scene.web();
    Browser owner = web.freshly(web.resident(tenant(scene), Part.OWNER), tenant(scene));
    List<String> scopes = scopes(web);
    String own = Tokens.made(owner, "/v1/tokens", Map.of("scopes", scopes)).member("token");
    String service =
        Tokens.made(owner, "/v1/service-tokens", Map.of("role", "admin", "scopes", scopes))
            .member("token");
    AskingClient client = AskingClient.registered(owner, "Of a sweep within");
    Reply let = web.nobody().bare(client.redeeming(client.code(owner)));
    Browser network = web.nobody();
    NodeSession node =
        Machine.registered(owner, network, "sweeping " + UUID.randomUUID()).from(network);
    String ofNode = node.token().member("access_token");
    return List.of(
        bearing(web, Who.AGENT, own),
        bearing(web, Who.AGENT, let.member("access_token")),
        bearing(web, Who.SERVICE, service),
        new Class(Who.NODE, web.showing(Who.NODE), ask -> node.shown(ask, ofNode), null));
  }

  private static Class bearing(Web web, Who who, String token) {
    return new Class(who, web.showing(who), ask -> Tokens.bearing(ask, token), null);
  }

  /** Every scope for reading that the server's document names. */
  private static List<String> scopes(Web web) {
    Set<String> scopes = new TreeSet<>();
    web.nobody()
        .get("/v1/openapi.json")
        .json()
        .findValues("scope")
        .forEach(
            list ->
                list.forEach(
                    scope -> {
                      if (scope.asString("").endsWith(READING)) {
                        scopes.add(scope.asString(""));
                      }
                    }));
    return List.copyOf(scopes);
  }

  private static Verdict swept(Scene scene, List<Class> classes) throws SQLException {
    int answered = 0;
    for (Class one : classes) {
      // First, since what is shown may make something: a key, to seal the next page's place with.
      for (Asked asked : asked(scene, one, true)) {
        if (asked.reply().code().equals("forbidden")) {
          return new Verdict.Inconclusive(asked.told() + ", and its document lets them");
        }
        answered++;
      }
    }
    List<Met> all = new ArrayList<>();
    try (Session superuser = scene.asSuperuser()) {
      Snapshot before = Snapshot.of(superuser);
      for (Class one : classes) {
        for (Asked asked : asked(scene, one, false)) {
          if (asked.reply().isDone()) {
            return new Verdict.Succeeded(
                asked.told() + ", which is more than its document declares");
          }
          all.add(new Met(one, asked));
        }
      }
      List<String> changed = new ArrayList<>(Snapshot.of(superuser).changedSince(before));
      changed.removeAll(SHOWN);
      if (!changed.isEmpty()) {
        return new Verdict.Succeeded("after refusals alone there is a change in " + changed);
      }
      return judged(all, Trail.of(superuser), answered);
    }
  }

  /**
   * What one asks for, on every route.
   *
   * @param theirs whether it is what they may look at, or what they may not have; of programs the
   *     first is what other attacks are about
   * @return one after the other; until one is done that may not be
   */
  private static List<Asked> asked(Scene scene, Class one, boolean theirs) {
    Web web = scene.web();
    Things own = web.things(tenant(scene));
    Entitlements entitlements = new Entitlements(RouteProbes.shipped());
    List<Asked> all = new ArrayList<>();
    for (Route route : web.swept()) {
      boolean may = entitlements.denials(route, one.who()).isEmpty();
      boolean looks = !route.changes() && one.known() != null;
      if (web.probes().isElsewhere(route) || may != theirs || may && !looks) {
        continue;
      }
      Ask ask = web.probes().ask(route, own::first);
      Asked asked = new Asked(called(one), route, ask, one.ask(ask));
      all.add(asked);
      if (!theirs && asked.reply().isDone()) {
        return all;
      }
    }
    return all;
  }

  private static Verdict judged(List<Met> all, Trail trail, int answered) {
    Entitlements entitlements = new Entitlements(RouteProbes.shipped());
    for (Met met : all) {
      Asked asked = met.asked();
      Set<String> denials = entitlements.denials(asked.route(), met.by().who());
      Optional<String> wrong =
          Denial.undocumented(asked)
              .or(
                  () ->
                      denials.contains(asked.reply().code())
                          ? Optional.empty()
                          : Optional.of(asked.told() + ", and not one of " + denials));
      if (wrong.isPresent()) {
        return new Verdict.Inconclusive(wrong.get());
      }
    }
    List<Asked> denied = all.stream().map(Met::asked).toList();
    return unrecorded(all, trail)
        .<Verdict>map(Verdict.Succeeded::new)
        .orElseGet(
            () ->
                new Verdict.Refused(
                    "%d requests for what is not theirs: %s; and %d for what is were answered"
                        .formatted(denied.size(), Denial.summary(denied), answered)));
  }

  private record Met(Class by, Asked asked) {}

  private static String called(Class one) {
    return one.known() == null
        ? one.who().word() + " of the tenant"
        : one.known().part().word() + " of the tenant";
  }

  /** Of a person's denial whose it is; of a program's that there is one. */
  private static Optional<String> unrecorded(List<Met> all, Trail trail) {
    for (Met one : all) {
      Resident known = one.by().known();
      Optional<String> fault =
          known != null
              ? Denial.unrecorded(one.asked(), known, trail)
              : trail.of(one.asked().reply().requestId()).size() == 1
                  ? Optional.empty()
                  : Optional.of(one.asked().told() + ", of which there is not one record");
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  /** The probe: a member of the same tenant reads what is for members. */
  private static String membersWork(Scene scene) {
    Reply reply = scene.web().as(tenant(scene), Part.MEMBER).get("/v1/groups");
    if (!reply.text().contains(scene.victim().canary())) {
      throw new IllegalStateException("a member reads nothing: " + reply.readable());
    }
    return "a member reads the groups";
  }
}
