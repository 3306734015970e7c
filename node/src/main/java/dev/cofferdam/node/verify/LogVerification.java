package dev.cofferdam.node.verify;

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

/**
 * Verifies a log that lies in a directory, or part of it, against what the verifier holds of it.
 * One instance verifies once.
 */
public final class LogVerification {
  private final Path directory;
  private final Trust trust;
  private final Span span;
  private final List<Milestone> milestones = new ArrayList<>();
  private final List<String> comparisons = new ArrayList<>();
  private final List<String> without;

  public LogVerification(Path directory, Trust trust, Span span) {
    this.directory = directory;
    this.trust = trust;
    this.span = span;
    this.without = new ArrayList<>(trust.missing());
  }

  /** Reads what is to be verified once, from the first entry to the last. */
  public Verdict verify(Progress progress) {
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
        wrong = wrong.isPresent() ? wrong : keep(copy.checkpoint(), "the " + copy, checkpoint);
      }
      if (wrong.isEmpty()) {
        wrong = walk(log, copies, checkpoint, progress);
      }
      return wrong.orElseGet(() -> nothingWrong(checkpoint));
    } catch (IOException e) {
      return new Verdict.Unknown(String.valueOf(e.getMessage()));
    }
  }

  private Optional<Verdict> walk(
      LogDirectory log, List<LogDirectory> copies, Checkpoint own, Progress progress)
      throws IOException {
    if (span.whole()) {
      milestones.add(new Milestone(own, "the log's own checkpoint"));
      return new History(log, copies, milestones, progress).walk(own.size());
    }
    if (span.from() >= own.size() || (span.to() != Span.END && span.to() > own.size())) {
      throw new MalformedLogException(
          "the log has %,d records, so there is none at %,d"
              .formatted(own.size(), span.from() >= own.size() ? span.from() : span.to() - 1));
    }
    return new Stretch(log, copies, own, span.within(own.size()), progress).walk(milestones);
  }

  private Verdict nothingWrong(Checkpoint own) {
    String what =
        span.whole()
            ? "%,d records of `%s`".formatted(own.size(), own.origin())
            : "records %,d to %,d of the %,d of `%s`"
                .formatted(span.from(), span.within(own.size()).to() - 1, own.size(), own.origin());
    if (comparisons.isEmpty()) {
      return new Verdict.Unknown(
          ("%s agree with the log's own checkpoint, but whoever holds the log's key could have"
                  + " signed another history; there was nothing to compare with: give %s")
              .formatted(what, String.join(", or ", without)));
    }
    return new Verdict.Clean(what, comparisons, without);
  }

  private Optional<Verdict> witnesses(Note note, Checkpoint checkpoint) {
    for (NoteKey witness : trust.witnesses()) {
      switch (witness.check(note, Ed25519::verify)) {
        case NoteKey.Check.Cosigned(var at) ->
            comparisons.add("the witness `%s` at %s".formatted(witness.name(), at));
        case NoteKey.Check.Absent(), NoteKey.Check.Signed() ->
            without.add(
                "the witness `" + witness.name() + "`, who has not cosigned this checkpoint");
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
