package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.ChannelRefusedException;
import dev.cofferdam.review.wire.Session;
import dev.cofferdam.review.wire.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * ISO-03 and ISO-07: tenants that are not there, not yet, not any more, or not who they look like.
 */
public final class Tenants {
  private Tenants() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "ISO-03.unknown",
            "comes as a tenant that was never made, and writes",
            Mode.NOISY,
            Set.of(Identity.INJECTION),
            Tenants::unknown,
            Tenants::comesIn),
        new Attack(
            "ISO-03.suspended",
            "comes as a tenant that was suspended while it was in use",
            Mode.NOISY,
            Set.of(Identity.INJECTION),
            target -> closed(target, "suspend"),
            Tenants::othersComeIn),
        new Attack(
            "ISO-03.deleted",
            "comes as a tenant whose deletion has begun",
            Mode.NOISY,
            Set.of(Identity.INJECTION),
            target -> closed(target, "startDeletion"),
            Tenants::othersComeIn),
        new Attack(
            "ISO-03.provisioning",
            "comes as a tenant that is still being set up",
            Mode.NOISY,
            Set.of(Identity.INJECTION),
            Tenants::provisioning,
            Tenants::othersComeIn),
        new Attack(
            "ISO-07.look-alike",
            "signs up with names that a person takes for the victim's",
            Mode.NOISY,
            Set.of(Identity.SIGN_UP),
            target -> signUp(target, LookAlikes.ALIKE),
            Tenants::signsUp),
        new Attack(
            "ISO-07.normalised",
            "signs up with names that some normal form makes the victim's",
            Mode.NOISY,
            Set.of(Identity.SIGN_UP),
            target -> signUp(target, LookAlikes.NORMALISED),
            Tenants::signsUp));
  }

  private static String read() {
    return "select body from {schema}.note";
  }

  private static Verdict unknown(Target target) {
    List<String> gates = new ArrayList<>();
    for (UUID id : List.of(UUID.randomUUID(), new UUID(0, 0), new UUID(-1, -1))) {
      Visit visit =
          target
              .server()
              .visit(
                  id,
                  "insert into {schema}.note values ('"
                      + id
                      + "', gen_random_uuid(), 'x', 'nobody was here')");
      if (visit.letIn() && visit.answers().getFirst() instanceof Answer.Count) {
        return new Verdict.Succeeded("a tenant that does not exist wrote a row: " + visit);
      }
      gates.add(visit.gate());
    }
    return new Verdict.Refused(String.join("; ", gates));
  }

  private static Verdict closed(Target target, String change) {
    UUID id = target.attacker().id();
    target.server().visit(id, read());
    String changed = target.server().changeTenant(id, change);
    // What the gate may remember for a second must be over: the promise is within one second.
    target.server().moveClock(java.time.Duration.ofSeconds(1));
    return own(target, target.server().visit(id, read()), changed);
  }

  private static Verdict provisioning(Target target) throws Exception {
    try (Session session = target.asSuperuser()) {
      session.must("alter table tenancy.tenant disable trigger tenant_life");
      session.must(
          "update tenancy.tenant set state = 'provisioning' where tenant_id = '"
              + target.attacker().id()
              + "'");
    }
    return own(target, target.server().visit(target.attacker().id(), read()), "still being set up");
  }

  private static Verdict own(Target target, Visit visit, String changed) {
    return visit.answers().stream().anyMatch(a -> a.readable().equals(target.attacker().canary()))
        ? new Verdict.Succeeded(
            "read `" + target.attacker().canary() + "` after " + changed + ": " + visit.gate())
        : new Verdict.Refused(changed + "; " + visit.gate());
  }

  /** The probe: the attacker's tenant comes in and reads its own. */
  static String comesIn(Target target) {
    return reads(target, target.attacker());
  }

  /** The probe where the attacker's own tenant is closed: others are not. */
  private static String othersComeIn(Target target) {
    return reads(target, target.victim());
  }

  private static String reads(Target target, dev.cofferdam.review.attack.Occupant who) {
    Visit visit = target.server().visit(who.id(), read());
    if (!visit.letIn() || !visit.answers().getFirst().readable().equals(who.canary())) {
      throw new IllegalStateException(who.slug() + " cannot read its own: " + visit);
    }
    return who.slug() + " comes in and reads its own";
  }

  private static Verdict signUp(Target target, List<String> slugs) {
    List<String> outcomes = new ArrayList<>();
    for (String slug : slugs) {
      String outcome;
      try {
        outcome = target.server().createTenant(UUID.randomUUID(), slug, "SHARED");
      } catch (ChannelRefusedException refused) {
        outcome = refused.readable();
      }
      if (outcome.startsWith("Created")) {
        return new Verdict.Succeeded("`" + slug + "` is a tenant beside `lighthouse`: " + outcome);
      }
      outcomes.add(outcome);
    }
    return new Verdict.Refused(
        outcomes.stream().distinct().reduce((a, b) -> a + "; " + b).orElse(""));
  }

  private static String signsUp(Target target) {
    String outcome = target.server().createTenant(UUID.randomUUID(), "pier-seven", "SHARED");
    if (!outcome.startsWith("Created")) {
      throw new IllegalStateException("nobody can sign up: " + outcome);
    }
    return "`pier-seven` can be signed up";
  }
}
