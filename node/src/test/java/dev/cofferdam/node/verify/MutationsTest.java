package dev.cofferdam.node.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log that the real server wrote is tampered with in many ways, and none is taken for clean: in
 * ten thousand in a whole run, in as many as {@code -Dcofferdam.mutations=…} says.
 */
final class MutationsTest {
  private static final int WHOLE = 10_000;
  static final int MUTATIONS = mutations();

  @TempDir private Path temporary;

  @Test
  void everyOneIsFoundAndNoneNamesAnEarlierRecordThanItTouched() throws Exception {
    RecordedLog log = RecordedLog.read();
    Path folder = temporary.resolve("log");
    log.honest().replace(folder, Map.of());
    Trust trust = log.trust(temporary);
    assertThat(verify(folder, trust)).isInstanceOf(Verdict.Clean.class);

    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20_261_122);
    Map<Mutation, LongAdder> found = new TreeMap<>();
    Map<String, byte[]> onDisk = log.honest().files();
    for (int number = 0; number < MUTATIONS; number++) {
      Mutation mutation = Mutation.values()[number % Mutation.values().length];
      Mutation.Mutated mutated = mutation.of(log, random);
      mutated.files().replace(folder, onDisk);
      onDisk = mutated.files().files();

      Verdict verdict = verify(folder, trust);

      assertThat(verdict)
          .as("%s number %d: %s", mutation, number, mutated.what())
          .isNotInstanceOf(Verdict.Clean.class);
      if (verdict instanceof Verdict.Tampered(String what, long first, long last)) {
        assertThat(last)
            .as("%s number %d: %s, found %s", mutation, number, mutated.what(), what)
            .isGreaterThanOrEqualTo(mutated.first());
      }
      found.computeIfAbsent(mutation, key -> new LongAdder()).increment();
    }

    assertThat(found.keySet()).containsExactly(Mutation.values());
    log.honest().replace(folder, onDisk);
    assertThat(verify(folder, trust)).isInstanceOf(Verdict.Clean.class);
  }

  @Test
  void whoeverHoldsTheKeyIsFoundByAKeptCheckpointAlone() throws Exception {
    RecordedLog log = RecordedLog.read();
    Path folder = temporary.resolve("log");
    log.fork().replace(folder, Map.of());
    NoteKey key = log.key();

    assertThat(verify(folder, new Trust(key, List.of(), List.of(), List.of())).exitCode())
        .isEqualTo(2);
    assertThat(verify(folder, log.trust(temporary)).exitCode()).isEqualTo(1);
    // A checkpoint from before the fork does not tell the two histories apart.
    Path young =
        Files.writeString(
            temporary.resolve("young"), Objects.requireNonNull(log.youth().get(100)).toString());
    assertThat(verify(folder, new Trust(key, List.of(young), List.of(), List.of())).exitCode())
        .isZero();
    assertThat(
            Checkpoint.parse(Note.parse(new String(log.fork().file("checkpoint"), UTF_8)).text())
                .size())
        .isEqualTo(300);
  }

  private static int mutations() {
    if (Boolean.getBoolean("test.whole")) {
      return WHOLE;
    }
    int mutations = Integer.getInteger("cofferdam.mutations", WHOLE / 12);
    if (mutations < WHOLE) {
      System.out.printf(
          "left out: %,d of %,d mutations of a log, twice%n", WHOLE - mutations, WHOLE);
    }
    return mutations;
  }

  private static Verdict verify(Path folder, Trust trust) {
    return new LogVerification(folder, trust, Span.WHOLE).verify((done, all) -> {});
  }
}
