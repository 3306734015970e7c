package dev.cofferdam.review.operators;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Denial;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Snapshot;
import dev.cofferdam.review.web.Spill;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Trail;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** ADM-01 without break-glass: operators' routes, and what operators see of tenants. */
public final class Operators {
  /** What an operator is shown of a tenant, and nothing else (docs/adr/0049). */
  private static final Set<String> SHOWN =
      Set.of(
          "tenant_id",
          "slug",
          "name",
          "state",
          "placement",
          "placement_failure",
          "created_at",
          "changed_at");

  private static final String TENANTS = "/v1/operator/tenants";
  private static final int UNANSWERED = 400;

  private Operators() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "ADM-01.members",
            "asks for every operators' route as a stranger, and as anybody in a tenant",
            Set.of(Identity.STRANGER, Identity.MEMBER, Identity.OWNER),
            Operators::asMembers),
        attack(
            "ADM-01.without-glass",
            "asks for every tenant route as an operator, with the victim's ids and naming the victim",
            Set.of(Identity.PLATFORM_OPERATOR),
            Operators::withoutGlass),
        attack(
            "ADM-01.fields",
            "looks for more than the listed fields in whatever operators are shown",
            Set.of(Identity.PLATFORM_OPERATOR),
            Operators::fields),
        inside(
            "ADM-01.old-sign-in",
            "breaks the glass with a sign-in of an hour ago",
            Set.of(Identity.PLATFORM_OPERATOR),
            Operators::oldSignIn),
        inside(
            "ADM-01.no-reason",
            "breaks the glass without a reason that anybody could read",
            Set.of(Identity.PLATFORM_OPERATOR),
            Operators::noReason));
  }

  private static Attack attack(
      String id, String does, Set<Identity> needs, Portable.Assault assault) {
    return Attack.amongOwn(id, does, Mode.NOISY, needs, assault, Operators::finds);
  }

  /** One that ages a session, or has an operator whom nobody knows yet. */
  private static Attack inside(
      String id, String does, Set<Identity> needs, Attack.Assault assault) {
    return new Attack(id, does, Mode.NOISY, needs, assault, target -> finds(target.scene()));
  }

  private record Met(Resident by, Asked asked) {}

  private static Verdict asMembers(Scene scene) throws SQLException {
    Web web = scene.web();
    UUID tenant = scene.attacker().id();
    Things theirs = web.things(scene.victim().id());
    List<Resident> those = new ArrayList<>(List.of(web.nowhere()));
    for (Part part : List.of(Part.OWNER, Part.ADMIN, Part.MEMBER, Part.AUDITOR)) {
      those.add(web.resident(tenant, part));
    }
    List<Met> all = new ArrayList<>();
    try (Session superuser = scene.asSuperuser()) {
      Snapshot before = Snapshot.of(superuser);
      for (Resident who : those) {
        Browser browser = web.as(who);
        for (Route route : web.routes()) {
          if (!route.access().equals("operator")) {
            continue;
          }
          Ask ask = web.probes().ask(route, theirs::first);
          Asked asked = new Asked(who.part() + " of a tenant", route, ask, browser.ask(ask));
          if (asked.reply().isDone()) {
            return new Verdict.Succeeded(asked.told());
          }
          all.add(new Met(who, asked));
        }
      }
      List<String> changed = Snapshot.of(superuser).changedSince(before);
      return changed.isEmpty()
          ? judged(all, Trail.of(superuser))
          : new Verdict.Succeeded("after refusals alone there is a change in " + changed);
    }
  }

  private static Verdict judged(List<Met> all, Trail trail) {
    for (Met met : all) {
      Asked asked = met.asked();
      if (!asked.reply().code().equals("forbidden")) {
        return new Verdict.Inconclusive(asked.told() + ", and not forbidden");
      }
      Optional<String> fault =
          Denial.undocumented(asked).or(() -> Denial.unrecorded(asked, met.by(), trail));
      if (fault.isPresent()) {
        return new Verdict.Succeeded(fault.get());
      }
    }
    return refused(all);
  }

  private static Verdict refused(List<Met> all) {
    return new Verdict.Refused(
        all.size() + " requests: " + Denial.summary(all.stream().map(Met::asked).toList()));
  }

  private static Verdict withoutGlass(Scene scene) throws SQLException {
    Web web = scene.web();
    Resident operator = web.operator();
    Browser browser = web.as(operator);
    Things theirs = web.things(scene.victim().id());
    Spill spill = new Spill(scene.victim().canary(), theirs);
    List<Met> all = new ArrayList<>();
    try (Session superuser = scene.asSuperuser()) {
      Snapshot before = Snapshot.of(superuser);
      for (Route route : web.routes()) {
        if (!route.access().equals("tenant")) {
          continue;
        }
        Ask plain = web.probes().ask(route, theirs::first);
        Ask naming = plain.with("X-Tenant-Id", scene.victim().id().toString());
        for (Ask ask : List.of(plain, naming)) {
          Asked asked = new Asked("an operator", route, ask, browser.ask(ask));
          Optional<String> spilt = spill.in(ask, asked.reply());
          if (asked.reply().isDone() || spilt.isPresent()) {
            return new Verdict.Succeeded(
                asked.told() + spilt.map(what -> " with " + what).orElse(""));
          }
          all.add(new Met(operator, asked));
        }
      }
      List<String> changed = Snapshot.of(superuser).changedSince(before);
      if (!changed.isEmpty()) {
        return new Verdict.Succeeded("after refusals alone there is a change in " + changed);
      }
      Trail trail = Trail.of(superuser);
      for (Met met : all) {
        Optional<String> fault = Denial.unrecorded(met.asked(), operator, trail);
        if (fault.isPresent()) {
          return new Verdict.Succeeded(fault.get());
        }
      }
      return refused(all);
    }
  }

  private static Verdict fields(Scene scene) {
    Web web = scene.web();
    Browser browser = web.freshOperator();
    Things theirs = web.things(scene.victim().id());
    int looked = 0;
    for (Route route : web.routes()) {
      if (!route.access().equals("operator")
          || route.changes()
          || web.probes().isElsewhere(route)) {
        continue;
      }
      Ask ask = web.probes().ask(route, theirs::first);
      // Without the filters, so that the victim is among what is listed.
      Ask whole = ask.at(ask.target().replaceFirst("\\?.*", ""));
      Reply reply = browser.ask(whole);
      if (!reply.isDone()) {
        return new Verdict.Inconclusive(whole + " met " + reply.readable());
      }
      Optional<String> more = more(route, reply, scene, theirs);
      if (more.isPresent()) {
        return new Verdict.Succeeded(whole + " shows " + more.get());
      }
      looked++;
    }
    return looked < 2
        ? new Verdict.Inconclusive("operators are shown nothing")
        : new Verdict.Refused(looked + " routes show the listed fields and nothing else");
  }

  private static Optional<String> more(Route route, Reply reply, Scene scene, Things theirs) {
    // The id of the tenant itself is what they look for.
    Optional<String> id =
        theirs
            .all()
            .filter(one -> one.length() == 36 && !one.equals(scene.victim().id().toString()))
            .filter(reply.readable()::contains)
            .findFirst();
    // Of keys it is counts and ids of keys, which are no tenant's things.
    if (id.isPresent() || route.isPage() || !route.path().startsWith(TENANTS)) {
      return id;
    }
    Set<String> members = new HashSet<>();
    JsonNode body = reply.json();
    (body.has("items") ? body.path("items") : List.of(body))
        .forEach(tenant -> members.addAll(tenant.propertyNames()));
    members.removeAll(SHOWN);
    return members.isEmpty() ? Optional.empty() : Optional.of(members.toString());
  }

  private static Ask breaking(Target target, Map<String, ?> body) {
    return Ask.of("POST", "/v1/operator/tenants/" + target.victim().id() + "/emergency").json(body);
  }

  /** An operator who reads nowhere yet. */
  private static final String IDLE = Web.OPERATORS.getFirst() + "-idle";

  private static Verdict oldSignIn(Target target) throws SQLException {
    Browser browser = target.web().freshOperator(IDLE);
    String session = browser.get("/v1/me").member("session_id");
    try (Session superuser = target.asSuperuser()) {
      superuser.must(
          """
          update identity.session set auth_time = auth_time - interval '1 hour', handle_hash = handle_hash
           where session_id = '%s'
          """
              .formatted(UUID.fromString(session)));
    }
    Visits.aSecondLater(target);
    Reply reply = browser.ask(breaking(target, Map.of("reason", "The review attacks it.")));
    if (reply.isDone()) {
      return new Verdict.Succeeded("the glass is broken: " + reply.brief());
    }
    boolean challenged =
        reply.code().equals("insufficient_user_authentication")
            && reply.field("WWW-Authenticate").orElse("").contains("max_age");
    return challenged
        ? new Verdict.Refused("a sign-in of an hour ago met " + reply.brief())
        : new Verdict.Inconclusive("an old sign-in met " + reply.readable());
  }

  private static Verdict noReason(Target target) {
    Browser browser = target.web().freshOperator(IDLE);
    List<String> met = new ArrayList<>();
    // The last one is as short as it would have to be to say nothing.
    for (Map<String, ?> body :
        List.<Map<String, ?>>of(
            Map.of(), Map.of("reason", ""), Map.of("reason", "   "), Map.of("reason", "x"))) {
      Reply reply = browser.ask(breaking(target, body));
      if (reply.isDone()) {
        return new Verdict.Succeeded("the glass is broken for " + body + ": " + reply.brief());
      }
      if (reply.status() < UNANSWERED) {
        return new Verdict.Inconclusive(body + " met " + reply.readable());
      }
      met.add(reply.brief());
    }
    return new Verdict.Refused("no reason met " + met);
  }

  /** The probe: an operator finds the tenant by its short name. */
  static String finds(Scene scene) {
    Reply reply =
        scene
            .web()
            .freshOperator()
            .get("/v1/operator/tenants?" + Ask.encoded(Map.of("slug", scene.victim().slug())));
    if (!reply.isDone() || !reply.text().contains(scene.victim().id().toString())) {
      throw new IllegalStateException("an operator finds no tenant: " + reply.readable());
    }
    return "an operator finds a tenant by its short name";
  }
}
