package dev.cofferdam.node.verify;

import dev.cofferdam.node.verify.History.Milestone;
import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Verifies a whole log that lies in a directory, against what the verifier holds of it. */
public final class LogVerification {
  private final Path directory;
  private final Trust trust;
  private final List<Milestone> milestones = new ArrayList<>();
  private final List<String> comparisons = new ArrayList<>();

  public LogVerification(Path directory, Trust trust) {
    this.directory = directory;
    this.trust = trust;
  }

  /**
   * Walks the log once.
   *
   * @param progress is told the number of entries done, now and then
   */
  public Verdict verify(LongConsumer progress) {
    try {
      LogDirectory log = new LogDirectory(directory);
      Note note = log.checkpoint();
      Checkpoint checkpoint = trust.signed(note, log + "/checkpoint");
      List<LogDirectory> copies = trust.copies().stream().map(LogDirectory::new).toList();
      Optional<Verdict> wrong = witnesses(note, checkpoint);
      for (Path kept : trust.kept()) {
        wrong = wrong.isPresent() ? wrong : keep(read(kept), "the kept `" + kept + "`", checkpoint);
      }
      for (LogDirectory copy : copies) {
        wrong =
            wrong.isPresent()
                ? wrong
                : keep(copy.checkpoint(), "the copy `" + copy + "`", checkpoint);
      }
      milestones.add(new Milestone(checkpoint, "the log's own checkpoint"));
      if (wrong.isEmpty()) {
        wrong = new History(log, copies, milestones, progress).walk(checkpoint.size());
      }
      return wrong.orElseGet(() -> whole(checkpoint));
    } catch (IOException e) {
      return new Verdict.Unknown(String.valueOf(e.getMessage()));
    }
  }

  private Verdict whole(Checkpoint checkpoint) {
    if (comparisons.isEmpty()) {
      return new Verdict.Unknown(
          ("the %,d records of `%s` agree with the log's own checkpoint, but whoever holds the log's"
                  + " key could have signed another history; give a kept checkpoint or receipt, a"
                  + " witness, or a second copy")
              .formatted(checkpoint.size(), checkpoint.origin()));
    }
    return new Verdict.Clean(checkpoint, comparisons);
  }

  private Optional<Verdict> witnesses(Note note, Checkpoint checkpoint) {
    for (NoteKey witness : trust.witnesses()) {
      switch (witness.check(note, Ed25519::verify)) {
        case NoteKey.Check.Cosigned(var at) ->
            comparisons.add("the witness `%s` at %s".formatted(witness.name(), at));
        case NoteKey.Check.Absent() -> {}
        case NoteKey.Check.Signed() -> {}
        case NoteKey.Check.Forged() -> {
          return Optional.of(
              new Verdict.Tampered(
                  "the cosignature of `" + witness.name() + "` is forged",
                  0,
                  Math.max(0, checkpoint.size() - 1)));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Verdict> keep(Note note, String source, Checkpoint own) throws IOException {
    Checkpoint kept = trust.signed(note, source);
    milestones.add(new Milestone(kept, source));
    if (kept.size() > own.size()) {
      return Optional.of(
          new Verdict.Tampered(
              "cut or rolled back: %s has %,d records, the log %,d"
                  .formatted(source, kept.size(), own.size()),
              own.size(),
              own.size()));
    }
    comparisons.add(source);
    return Optional.empty();
  }

  /** The signed checkpoint in a file that holds one, or a receipt with one. */
  private static Note read(Path kept) throws IOException {
    String text = Files.readString(kept);
    if (text.startsWith("c2sp.org/tlog-proof@")) {
      try {
        return Receipt.parse(text).note();
      } catch (IllegalArgumentException e) {
        throw new MalformedLogException("`" + kept + "` is " + e.getMessage());
      }
    }
    return LogDirectory.note(kept);
  }
}
