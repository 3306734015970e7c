package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.InMemory;
import dev.cofferdam.server.testing.Repeated;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real faults under load: a server in a process of its own, a real PostgreSQL, and what befalls
 * them. After each one every answer that had been given is held against the logs. {@code
 * -Dcofferdam.faults.real=1000} runs longer (CONTRIBUTING.md).
 */
final class RealFaultsIT {
  private static final int FAULTS = Repeated.times("real faults", "cofferdam.faults.real", 12, 100);

  @TempDir(factory = InMemory.class)
  Path folder;

  @Test
  void whatWasAnsweredStandsWithItsProofAfterEach() throws Exception {
    List<RealFault> faults = plan();
    Map<RealFault, Integer> befell = new EnumMap<>(RealFault.class);
    Map<RealFault, Duration> took = new EnumMap<>(RealFault.class);
    LongRun progress = new LongRun("real faults", FAULTS);
    try (FaultRig rig = FaultRig.start(folder, FAULTS)) {
      rig.awaitAnswers();
      for (RealFault fault : faults) {
        long begin = System.nanoTime();
        if (fault.befall(rig)) {
          befell.merge(fault, 1, Integer::sum);
        }
        rig.awaitAnswers();
        rig.assertAnswered();
        took.merge(fault, Duration.ofNanos(System.nanoTime() - begin), Duration::plus);
        progress.at(befell.values().stream().mapToInt(Integer::intValue).sum());
      }
      rig.assertWhole();
      LongRun.say(
          "real faults: %s, together %s; %,d answers".formatted(befell, took, rig.answered()));
    }

    assertThat(befell.values().stream().mapToInt(Integer::intValue).sum())
        .as("%s", befell)
        .isGreaterThanOrEqualTo(FAULTS - (FAULTS / 50) - 2);
  }

  /** By the shares of a hundred, at least one of each, in an order of no meaning. */
  private static List<RealFault> plan() {
    List<RealFault> plan = new ArrayList<>();
    for (RealFault fault : RealFault.values()) {
      plan.addAll(Collections.nCopies(Math.max(1, fault.ofHundred() * FAULTS / 100), fault));
    }
    while (plan.size() < FAULTS) {
      plan.add(RealFault.CUT);
    }
    Collections.shuffle(plan, new Random(FAULTS));
    return plan;
  }
}
