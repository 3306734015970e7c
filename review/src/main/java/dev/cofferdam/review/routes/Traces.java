package dev.cofferdam.review.routes;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Denial;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Probes;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Snapshot;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Trail;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Session;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** AUD-05: acts and denials that leave no record, more than one, or one that says too much. */
public final class Traces {
  private Traces() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "AUD-05.acts",
            "does everything that an owner may, on every route, and looks for what left no record",
            Identity.OWNER,
            Traces::acts),
        attack(
            "AUD-05.denials",
            "is denied on every route, as a member, as a stranger and from another site",
            Identity.MEMBER,
            Traces::denials),
        attack(
            "AUD-05.astray",
            "looks for routes that are not there, with every verb",
            Identity.MEMBER,
            Traces::astray));
  }

  private static Attack attack(String id, String does, Identity identity, Attack.Assault assault) {
    return new Attack(id, does, Mode.NOISY, Set.of(identity), assault, Traces::works);
  }

  private static Verdict acts(Target target) throws SQLException {
    List<RightfulUse.Used> used = RightfulUse.untilRefused(target);
    try (Session superuser = target.asSuperuser()) {
      Trail trail = Trail.of(superuser);
      for (RightfulUse.Used one : used) {
        Optional<String> fault = unrecordedAct(target.web().probes(), one, trail);
        if (fault.isPresent()) {
          return new Verdict.Succeeded(fault.get());
        }
      }
      Asked last = used.getLast().asked();
      if (!last.reply().isDone()) {
        return new Verdict.Inconclusive(last.told());
      }
      return tooMuch(target, trail)
          .<Verdict>map(Verdict.Succeeded::new)
          .orElseGet(() -> new Verdict.Refused(told(used.size(), trail)));
    }
  }

  private static String told(int requests, Trail trail) {
    return requests
        + " requests, each change with its records and each look with none; none of "
        + trail.all().size()
        + " records says too much";
  }

  /** What is done is recorded under its request, by whom, and no act twice. */
  private static Optional<String> unrecordedAct(Probes probes, RightfulUse.Used used, Trail trail) {
    Asked asked = used.asked();
    List<AuditRecord> records = trail.of(asked.reply().requestId());
    boolean expected = probes.isAct(asked.route()) || asked.route().sensitive();
    if (!expected) {
      return records.isEmpty()
          ? Optional.empty()
          : Optional.of(asked.told() + ", and left " + records);
    }
    Set<String> acts = new HashSet<>();
    boolean right =
        !records.isEmpty()
            && records.stream()
                .allMatch(
                    record ->
                        record.outcome() == Outcome.DONE
                            && record.actor().id().equals(used.who().person().toString())
                            && acts.add(
                                record.log() + " " + record.action() + " " + record.object()));
    return right
        ? Optional.empty()
        : Optional.of(asked.told() + ", of which the records are " + records);
  }

  /**
   * Cookies, tokens, names and addresses, of anybody, in any record or in the log of the server.
   */
  private static Optional<String> tooMuch(Target target, Trail trail) {
    String log = target.web().log();
    for (Resident resident : target.web().residents()) {
      for (String secret : resident.secrets()) {
        if (log.contains(secret)) {
          return Optional.of("the server's log holds a secret of " + resident);
        }
      }
      if (log.contains(resident.subject())) {
        return Optional.of("the server's log says who " + resident + " is");
      }
    }
    for (AuditRecord record : trail.all()) {
      String text = new String(record.encode(), StandardCharsets.UTF_8);
      for (Resident resident : target.web().residents()) {
        for (String secret : resident.secrets()) {
          if (text.contains(secret)) {
            return Optional.of("a record holds a secret of " + resident + ": " + record);
          }
        }
        if (text.contains(resident.subject())) {
          return Optional.of("a record says who " + resident + " is: " + record);
        }
      }
    }
    return Optional.empty();
  }

  private static Verdict denials(Target target) throws SQLException {
    Web web = target.web();
    UUID tenant = target.attacker().id();
    Things own = web.things(tenant);
    Things theirs = web.things(target.victim().id());
    List<Denied> all = new ArrayList<>();
    Resident member = web.resident(tenant, Part.MEMBER);
    Resident nowhere = web.nowhere();
    Resident owner = web.resident(tenant, Part.OWNER);
    Browser asMember = web.as(member);
    Browser asNowhere = web.as(nowhere);
    Browser asOwner = web.as(owner);
    Snapshot before;
    try (Session superuser = target.asSuperuser()) {
      before = Snapshot.of(superuser);
    }
    for (Route route : web.swept()) {
      if (web.probes().isElsewhere(route)) {
        continue;
      }
      if (route.access().equals("tenant")) {
        Ask ask = web.probes().ask(route, own::first);
        all.add(new Denied(nowhere, new Asked("a stranger", route, ask, asNowhere.ask(ask))));
      }
      if (!route.roles().isEmpty() && !route.roles().contains("member")) {
        Ask ask = web.probes().ask(route, own::first);
        all.add(new Denied(member, new Asked("a member", route, ask, asMember.ask(ask))));
      }
      if (route.changes()) {
        Ask ask = web.probes().ask(route, own::first);
        all.add(new Denied(owner, new Asked("another site", route, ask, asOwner.bare(ask))));
      }
      for (String kind : web.probes().hidden(route)) {
        if (!route.changes()) {
          Ask ask =
              web.probes()
                  .ask(route, asked -> asked.equals(kind) ? theirs.first(kind) : own.first(asked));
          all.add(new Denied(member, new Asked("another's member", route, ask, asMember.ask(ask))));
        }
      }
    }
    try (Session superuser = target.asSuperuser()) {
      List<String> changed = Snapshot.of(superuser).changedSince(before);
      if (!changed.isEmpty()) {
        return new Verdict.Succeeded("after denials alone there is a change in " + changed);
      }
    }
    return judged(target, all);
  }

  private static Verdict astray(Target target) throws SQLException {
    Web web = target.web();
    Resident member = web.resident(target.attacker().id(), Part.MEMBER);
    Browser browser = web.as(member);
    List<Denied> all = new ArrayList<>();
    for (String path :
        List.of("/v1/nowhere", "/v1/admin/tenants", "/admin", "/v1/groups/a/b/c/d")) {
      for (String verb : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
        Ask ask = Ask.of(verb, path);
        all.add(
            new Denied(member, new Asked("a member", nowhere(verb, path), ask, browser.ask(ask))));
      }
    }
    return judged(target, all);
  }

  /** What the server's document cannot name, as if it did. */
  private static Route nowhere(String verb, String path) {
    return new Route(
        verb,
        path,
        "anyone",
        Set.of(),
        "route.find",
        List.of(),
        List.of(),
        false,
        false,
        false,
        false,
        false,
        false,
        Set.of("not_found"));
  }

  /** Somebody known, and what they were refused. */
  private record Denied(Resident who, Asked asked) {}

  private static Verdict judged(Target target, List<Denied> all) throws SQLException {
    try (Session superuser = target.asSuperuser()) {
      Trail trail = Trail.of(superuser);
      for (Denied denied : all) {
        Asked asked = denied.asked();
        if (!Denial.is(asked.reply())) {
          return new Verdict.Inconclusive(asked.told() + ", which is no denial");
        }
        Optional<String> unrecorded = Denial.unrecorded(asked, denied.who(), trail);
        if (unrecorded.isPresent()) {
          return new Verdict.Succeeded(unrecorded.get());
        }
        Optional<String> undocumented = Denial.undocumented(asked);
        if (undocumented.isPresent()) {
          return new Verdict.Inconclusive(undocumented.get());
        }
      }
      return tooMuch(target, trail)
          .<Verdict>map(Verdict.Succeeded::new)
          .orElseGet(
              () ->
                  new Verdict.Refused(
                      all.size()
                          + " denials with one record each: "
                          + Denial.summary(all.stream().map(Denied::asked).toList())));
    }
  }

  /** The probe: whoever is denied so much may still do what is theirs. */
  private static String works(Target target) {
    Resident member = target.web().resident(target.attacker().id(), Part.MEMBER);
    String answer = target.web().as(member).get("/v1/groups").text();
    if (!answer.contains(target.attacker().canary())) {
      throw new IllegalStateException("a member cannot read its own: " + answer);
    }
    return "a member reads its own";
  }
}
