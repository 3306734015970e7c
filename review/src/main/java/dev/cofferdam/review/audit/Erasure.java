package dev.cofferdam.review.audit;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.verifier.Judgement;
import dev.cofferdam.review.wire.Cell;
import dev.cofferdam.review.wire.ChannelRefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** KEY-06: what was sealed under keys that are destroyed, and the log that says so. */
public final class Erasure {
  private static final String COLUMN = "notes.vault.value_sealed";

  private Erasure() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "KEY-06.destroyed",
            "asks for a person's data and a tenant's secret after their keys were destroyed",
            Mode.DESTRUCTIVE,
            Set.of(Identity.ROW_EDITOR),
            Erasure::destroyed,
            Erasure::logVerifies));
  }

  private static Verdict destroyed(Target target) {
    String scope = target.victim().scope();
    UUID person = UUID.randomUUID();
    String name = "name-" + UUID.randomUUID();
    String record = target.server().recordPersonal(scope, person, name);
    Cell cell = new Cell(COLUMN, UUID.randomUUID(), 1);
    String sealed = target.server().seal(scope, cell, name);
    if (!target.server().personalOf(scope, record).contains(name)
        || !target.server().opens(scope, cell, sealed, name)) {
      return new Verdict.Inconclusive("nothing can be opened while its key is there");
    }
    target.server().destroyKeys(scope, "SUBJECT", person.toString());
    target.server().destroyKeys(scope, "COLUMN", "");
    String personal = told(() -> target.server().personalOf(scope, record));
    String secret = told(() -> Boolean.toString(target.server().opens(scope, cell, sealed, name)));
    return personal.contains(name) || secret.equals("true")
        ? new Verdict.Succeeded("after the keys were destroyed: " + personal + "; opens " + secret)
        : new Verdict.Refused("the person's data: " + personal + "; the secret opens: " + secret);
  }

  private static String told(Supplier<String> question) {
    try {
      return question.get();
    } catch (ChannelRefusedException refused) {
      return refused.readable();
    }
  }

  /** The probe: the log in which the erased person stands verifies, to its newest record. */
  private static String logVerifies(Target target) throws IOException {
    target.server().auditAppend(Evidence.log(target.victim()), 1);
    Judgement judgement = Evidence.of(target, target.victim()).judged();
    if (!judgement.isClean()) {
      throw new IllegalStateException("the log does not verify: " + judgement.sentence());
    }
    return "the log verifies and grows";
  }
}
