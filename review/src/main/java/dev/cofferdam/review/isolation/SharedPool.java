package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Manner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** ISO-05: two tenants on two connections, with commits, rollbacks and exceptions in between. */
public final class SharedPool {
  private static final String APPLICATION = "cofferdam_app";
  private static final int ROUNDS = 60;
  private static final int AT_ONCE = 8;
  // Always the same order of manners, so that a finding can be seen again.
  private static final long SEED = 5;

  private SharedPool() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "ISO-05.interleaved",
            "two tenants and code without a scope take turns on a pool of two connections",
            Mode.NOISY,
            Set.of(Identity.INJECTION),
            SharedPool::interleaved,
            Target::readsItsOwn),
        new Attack(
            "ISO-05.handed-over",
            "a transaction of one tenant is still open when code of another uses its connection",
            Mode.SAFE,
            Set.of(Identity.INJECTION),
            SharedPool::handedOver,
            Target::readsItsOwn));
  }

  private static Verdict interleaved(Target target) throws Exception {
    Random random = new Random(SEED);
    List<Future<Verdict>> turns = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int round = 0; round < ROUNDS; round++) {
        Manner manner = Manner.values()[random.nextInt(Manner.values().length)];
        int turn = random.nextInt(3);
        turns.add(executor.submit(() -> turn(target, turn, manner)));
      }
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (Future<Verdict> turn : turns) {
      verdicts.add(turn.get());
    }
    for (Verdict verdict : verdicts) {
      if (!(verdict instanceof Verdict.Refused)) {
        return verdict;
      }
    }
    return new Verdict.Refused(ROUNDS + " turns, none saw what was not its own");
  }

  private static Verdict turn(Target target, int who, Manner manner) {
    String read = "select body from " + target.victim().schema() + ".note";
    return switch (who) {
      case 0 -> own(target, target.attacker(), target.victim(), manner);
      case 1 -> own(target, target.victim(), target.attacker(), manner);
      default -> {
        List<Answer> answers = target.inScope("none", manner, read);
        boolean refused = answers.getFirst() instanceof Answer.Failed;
        yield refused
            ? new Verdict.Refused(Target.summary(answers))
            : new Verdict.Succeeded(
                "code without a scope was answered: " + answers.getFirst().readable());
      }
    };
  }

  private static Verdict own(Target target, Occupant who, Occupant other, Manner manner) {
    String notes = who.schema() + ".note";
    List<Answer> answers =
        target.inScope(
            who.scope(),
            manner,
            "select body from " + notes,
            "update " + notes + " set title = title",
            "select 1 / (count(*) - count(*)) from " + notes,
            "select body from " + notes);
    String first = answers.getFirst().readable();
    if (answers.stream().anyMatch(answer -> answer.readable().contains(other.canary()))) {
      return new Verdict.Succeeded(who.slug() + " read a row of " + other.slug());
    }
    return first.equals(who.canary())
        ? new Verdict.Refused("its own")
        : new Verdict.Inconclusive(who.slug() + " could not read its own: " + first);
  }

  private static Verdict handedOver(Target target) {
    return target.canaryIn(
        target
            .server()
            .handOver(
                APPLICATION,
                target.victim().scope(),
                target.attacker().scope(),
                "select body from " + target.victim().schema() + ".note"));
  }
}
