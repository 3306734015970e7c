package dev.cofferdam.node.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogVerificationTest {
  private static final int SIZE = 700;

  @TempDir private Path directory;
  private TestLog log = new TestLog();
  private Path mirror = Path.of("");
  private Path kept = Path.of("");

  @BeforeEach
  void writeALog() {
    log = new TestLog().grownTo(SIZE);
    mirror = log.write(directory.resolve("mirror"));
    kept = TestLog.write(directory.resolve("kept"), log.note(300).toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 512, 70_000})
  void anHonestLogIsClean(int size) {
    TestLog honest = new TestLog().grownTo(size);
    Path copy = honest.write(directory.resolve("copy"));
    Path checkpoint = TestLog.write(directory.resolve("own"), honest.note(size / 2).toString());

    assertThat(verify(honest, copy, checkpoint)).isInstanceOf(Verdict.Clean.class);
  }

  @Test
  void withNothingToCompareWithItCannotBeTold() {
    assertThat(new LogVerification(mirror, trust(log), Span.WHOLE).verify((done, all) -> {}))
        .isInstanceOf(Verdict.Unknown.class)
        .extracting(Verdict::exitCode)
        .isEqualTo(2);
  }

  @Test
  void anEditedEntryIsNamed() throws IOException {
    Path tile = mirror.resolve("tile/entries/001");
    byte[] content = Files.readAllBytes(tile);
    content[2]++;
    Files.write(tile, content);

    assertThat(verify(log, mirror, kept))
        .isEqualTo(
            new Verdict.Tampered("an entry is not the one that its hash was made of", 256, 256));
  }

  @Test
  void aTailComputedAgainWithoutTheKeyIsFound() throws IOException {
    String checkpoint = Files.readString(mirror.resolve("checkpoint"));
    log.rewrite(400, "nothing happened");
    log.write(mirror);
    TestLog.write(mirror.resolve("checkpoint"), checkpoint);

    assertThat(verify(log, mirror, kept))
        .isEqualTo(
            new Verdict.Tampered(
                "the entries do not give the root in the log's own checkpoint", 300, 699));
  }

  @Test
  void anotherHistoryWithTheKeyIsFoundByWhatWasKept() {
    log.rewrite(200, "nothing happened");
    log.write(mirror);

    assertThat(verify(log, mirror, kept))
        .isEqualTo(
            new Verdict.Tampered(
                "the entries do not give the root in the kept `" + kept + "`", 0, 299));
  }

  @Test
  void anotherHistoryWithTheKeyIsFoundByAReceiptAndByACopy() {
    Path receipt = TestLog.write(directory.resolve("receipt"), log.receipt(200, 650).toString());
    Path copy = log.write(directory.resolve("copy"));
    log.rewrite(200, "nothing happened");
    log.write(mirror);

    assertThat(verify(log, mirror, receipt)).isInstanceOf(Verdict.Tampered.class);
    Trust trust =
        new Trust(log.key(), List.of(), List.of(), List.of(new Copy(Copy.Kind.MIRROR, copy)));
    assertThat(new LogVerification(mirror, trust, Span.WHOLE).verify((done, all) -> {}))
        .isEqualTo(
            new Verdict.Tampered("an entry differs from the mirror `" + copy + "`", 200, 200));
  }

  @Test
  void aSplitViewIsFoundEvenWhereTheEntriesAreTheOnesThatWereKept() {
    Path whole = TestLog.write(directory.resolve("whole"), log.note(SIZE).toString());
    log.rewrite(200, "nothing happened");
    TestLog.write(mirror.resolve("checkpoint"), log.note(SIZE).toString());

    assertThat(verify(log, mirror, whole))
        .isEqualTo(
            new Verdict.Tampered(
                "the entries do not give the root in the log's own checkpoint", 699, 699));
  }

  @Test
  void aRollbackIsFoundByWhatWasKept() {
    Path later = TestLog.write(directory.resolve("later"), log.note(SIZE).toString());
    TestLog older = log;
    TestLog.write(mirror.resolve("checkpoint"), older.note(650).toString());

    assertThat(verify(log, mirror, later))
        .isEqualTo(
            new Verdict.Tampered(
                "cut or rolled back: the kept `%s` has 700 records, the log 650".formatted(later),
                650,
                650));
  }

  @Test
  void aWitnessCounts() {
    NoteKey witness = log.key("witness.example", NoteKey.Use.COSIGNATURE);
    Note note = log.note(SIZE);
    Note cosigned = note.with(witness.cosign(note, Instant.ofEpochSecond(1000), log::sign));
    TestLog.write(mirror.resolve("checkpoint"), cosigned.toString());
    Trust trust = new Trust(log.key(), List.of(), List.of(witness), List.of());

    assertThat(new LogVerification(mirror, trust, Span.WHOLE).verify((done, all) -> {}).sentence())
        .isEqualTo(
            "clean: 700 records of `cofferdam.example/tenant/1`, compared with the log's checkpoint"
                + " and the witness `witness.example` at 1970-01-01T00:16:40Z; not compared with a"
                + " kept checkpoint or receipt, a further mirror, a further database export");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 256", "255, 257", "10, 20", "256, 512", "511, 700", "699, 700", "0, 699"})
  void aStretchIsCleanOrNamesWhatDiverges(long from, long to) throws IOException {
    Span span = new Span(from, to);
    Trust trust = trust(log, kept);

    assertThat(new LogVerification(mirror, trust, span).verify((done, all) -> {}).sentence())
        .startsWith(
            "clean: records %d to %d of the 700 of `%s`".formatted(from, to - 1, TestLog.ORIGIN));

    Path tile = mirror.resolve(Tile.ofEntry(to - 1, SIZE).path());
    byte[] content = Files.readAllBytes(tile);
    content[2]++;
    Files.write(tile, content);
    long first = (to - 1) / Tile.FULL * Tile.FULL;

    assertThat(new LogVerification(mirror, trust, span).verify((done, all) -> {}))
        .isEqualTo(
            new Verdict.Tampered(
                "an entry is not the one that its hash was made of", first, first));
  }

  @Test
  void aStretchOfAnotherHistoryIsFoundByWhatWasKept() {
    log.rewrite(200, "nothing happened");
    log.write(mirror);

    assertThat(
            new LogVerification(mirror, trust(log, kept), new Span(400, 410))
                .verify((done, all) -> {}))
        .isEqualTo(
            new Verdict.Tampered(
                "the log's hashes do not lead from the root in the kept `%s` to its own"
                    .formatted(kept),
                0,
                699));
  }

  @Test
  void aStretchBeyondTheEndCannotBeTold() {
    assertThat(
            new LogVerification(mirror, trust(log, kept), new Span(690, 701))
                .verify((done, all) -> {}))
        .isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void aWitnessThatHasNotCosignedIsNamed() {
    NoteKey witness = log.key("witness.example", NoteKey.Use.COSIGNATURE);
    Trust trust = new Trust(log.key(), List.of(kept), List.of(witness), List.of());

    assertThat(new LogVerification(mirror, trust, Span.WHOLE).verify((done, all) -> {}).sentence())
        .contains("not compared with", "`witness.example`, who has not cosigned");
  }

  @Test
  void aCopyThatCannotBeReadIsNotPassedOver() throws IOException {
    Path copy = log.write(directory.resolve("copy"));
    Files.write(copy.resolve("tile/entries/000"), new byte[] {1});
    Trust trust =
        new Trust(log.key(), List.of(), List.of(), List.of(new Copy(Copy.Kind.EXPORT, copy)));

    assertThat(new LogVerification(mirror, trust, Span.WHOLE).verify((done, all) -> {}))
        .isInstanceOf(Verdict.Tampered.class);
  }

  @Test
  void aTailComputedAgainIsFoundByItsSignatureToo() throws IOException {
    String signature = signatureLine(mirror);
    log.rewrite(400, "nothing happened");
    log.write(mirror);
    String checkpoint = Files.readString(mirror.resolve("checkpoint"));
    TestLog.write(
        mirror.resolve("checkpoint"), checkpoint.replace(signatureLine(mirror), signature));

    assertThat(new LogVerification(mirror, trust(log), Span.WHOLE).verify((done, all) -> {}))
        .isEqualTo(
            new Verdict.Tampered(
                "the signature under the log's own checkpoint was not made for what it says now",
                0,
                699));
    assertThat(verify(log, mirror, kept))
        .isEqualTo(
            new Verdict.Tampered(
                "the signature under the log's own checkpoint was not made for what it says now",
                300,
                699));
  }

  private static String signatureLine(Path log) throws IOException {
    return Files.readAllLines(log.resolve("checkpoint")).getLast();
  }

  @Test
  void aTailSignedByAStrangerIsFoundByWhatWasKept() {
    NoteKey key = log.key();
    log.rotate(new TestLog());
    log.grownTo(800).write(mirror);

    assertThat(
            new LogVerification(
                    mirror, new Trust(key, List.of(kept), List.of(), List.of()), Span.WHOLE)
                .verify((done, all) -> {}))
        .isEqualTo(
            new Verdict.Tampered(
                "the signature under the log's own checkpoint is by no key that a key of this log"
                    + " handed over to",
                300,
                799));
    assertThat(
            new LogVerification(mirror, new Trust(key, List.of(), List.of(), List.of()), Span.WHOLE)
                .verify((done, all) -> {}))
        .isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void keysThatTheLogHandedOverToAreFollowed() {
    NoteKey first = log.key();
    log.rotate(log);
    log.grownTo(800);
    Path second = TestLog.write(directory.resolve("second"), log.note(750).toString());
    log.rotate(log);
    log.grownTo(900).write(mirror);
    Trust trust = new Trust(first, List.of(kept, second), List.of(), List.of());

    assertThat(new LogVerification(mirror, trust, Span.WHOLE).verify((done, all) -> {}).sentence())
        .startsWith(
            "clean: 900 records of `%s`, whose key was followed through 2 rotations"
                .formatted(TestLog.ORIGIN));
    assertThat(new LogVerification(mirror, trust, new Span(880, 890)).verify((done, all) -> {}))
        .isInstanceOf(Verdict.Clean.class);
    // Who knows only the newest key cannot say whose the older checkpoints are, unless told.
    assertThat(verify(log, mirror, second)).isInstanceOf(Verdict.Unknown.class);
    Trust both = new Trust(List.of(log.key(), first), List.of(second), List.of(), List.of());
    assertThat(new LogVerification(mirror, both, Span.WHOLE).verify((done, all) -> {}))
        .isInstanceOf(Verdict.Clean.class);
  }

  @Test
  void anotherHistoryBehindARotationIsFoundByWhatWasKept() {
    NoteKey first = log.key();
    log.rotate(log);
    log.grownTo(900).write(mirror);
    Path later = TestLog.write(directory.resolve("later"), log.note(850).toString());
    log.rewrite(800, "nothing happened");
    log.write(mirror);

    assertThat(
            new LogVerification(
                    mirror, new Trust(first, List.of(later), List.of(), List.of()), Span.WHOLE)
                .verify((done, all) -> {}))
        .isEqualTo(
            new Verdict.Tampered(
                "the entries do not give the root in the kept `" + later + "`", 0, 849));
  }

  @Test
  void aCheckpointByAnotherKeyTellsNothing() {
    assertThat(verify(new TestLog(), mirror, kept)).isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void everyMutationIsFound() throws IOException {
    log = new TestLog().grownTo(270);
    mirror = log.write(directory.resolve("small"));
    kept = TestLog.write(directory.resolve("kept"), log.note(100).toString());
    List<Path> files;
    try (Stream<Path> all = Files.walk(mirror)) {
      files = all.filter(Files::isRegularFile).filter(this::counts).sorted().toList();
    }
    Random random = new Random(20261122);
    List<String> missed = new ArrayList<>();
    for (int mutation = 0; mutation < MutationsTest.MUTATIONS; mutation++) {
      Path file = files.get(random.nextInt(files.size()));
      byte[] content = Files.readAllBytes(file);
      byte[] changed = Mutation.values()[mutation % Mutation.values().length].of(content, random);
      if (Arrays.equals(content, changed)) {
        continue;
      }
      Files.write(file, changed);
      if (verify(log, mirror, kept) instanceof Verdict.Clean) {
        missed.add(file + " by mutation " + mutation);
      }
      Files.write(file, content);
    }

    assertThat(missed).isEmpty();
    assertThat(verify(log, mirror, kept)).isInstanceOf(Verdict.Clean.class);
  }

  private boolean counts(Path file) {
    return file.endsWith("checkpoint")
        || Tile.parse(mirror.relativize(file).toString()).isPresent();
  }

  /** What somebody might do to a file. */
  private enum Mutation {
    BIT {
      @Override
      byte[] of(byte[] content, Random random) {
        byte[] changed = content.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
      }
    },
    CUT {
      @Override
      byte[] of(byte[] content, Random random) {
        return Arrays.copyOf(content, random.nextInt(content.length));
      }
    },
    SWAP {
      @Override
      byte[] of(byte[] content, Random random) {
        byte[] changed = content.clone();
        int length = Math.min(32, content.length / 2);
        int one = random.nextInt(content.length - length + 1);
        int other = random.nextInt(content.length - length + 1);
        System.arraycopy(content, one, changed, other, length);
        return changed;
      }
    };

    abstract byte[] of(byte[] content, Random random);
  }

  private static Trust trust(TestLog log, Path... kept) {
    return new Trust(log.key(), List.of(kept), List.of(), List.of());
  }

  private static Verdict verify(TestLog log, Path directory, Path kept) {
    return new LogVerification(directory, trust(log, kept), Span.WHOLE).verify((done, all) -> {});
  }
}
