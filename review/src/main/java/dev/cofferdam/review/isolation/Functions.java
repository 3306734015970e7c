package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Manner;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** ISO-11: functions that run with their owner's rights, called by whoever should not. */
public final class Functions {
  private Functions() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "ISO-11.platform-functions",
            "calls the functions that work across tenants",
            Mode.DESTRUCTIVE,
            Set.of(Identity.INJECTION, Identity.APPLICATION_PASSWORD),
            Functions::platformFunctions,
            Target::readsItsOwn));
  }

  private static Verdict platformFunctions(Target target) throws SQLException {
    String[] calls = {
      "select tenancy.move_tenant('%s', array['active'], 'suspended', now())"
          .formatted(target.victim().id()),
      "select tenancy.create_tenant('%s', 'lighthouse', 'x', 'x', 'shared', now())"
          .formatted(target.attacker().id()),
      "select tenancy.guard('notes.note', 'person')",
      "select tenancy.tenant_life()"
    };
    List<Answer> answers = new ArrayList<>(target.inject(Manner.EACH, calls));
    answers.addAll(target.unbound(calls));
    try (Session session = target.asSuperuser()) {
      String state =
          session
              .must(
                  "select state from tenancy.tenant where tenant_id = '"
                      + target.victim().id()
                      + "'")
              .single();
      return state.equals("active")
          ? new Verdict.Refused("the victim is still active: " + Target.summary(answers))
          : new Verdict.Succeeded("the victim is " + state + " now");
    }
  }
}
