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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Verifies a log that lies in a directory, or part of it, against what the verifier holds of it.
 * One instance verifies once.
 */
public final class LogVerification {
  private final Path directory;
  private final Trust trust;
  private final Span span;
  private final List<Milestone> milestones = new ArrayList<>();
  private final Set<Milestone> passed = new HashSet<>();
  private final List<String> comparisons = new ArrayList<>();
  private final List<String> without;

  public LogVerification(Path directory, Trust trust, Span span) {
    this.directory = directory;
    this.trust = trust;
    this.span = span;
    this.without = new ArrayList<>(trust.missing());
  }

  /** A checkpoint, and the note that it was found in. */
  private record Found(Checkpoint checkpoint, Note note, String source) {
    private Milestone milestone() {
      return new Milestone(checkpoint, source);
    }
  }

  /**
   * Reads what is to be verified, from the first entry to the last: once, and once more beforehand
   * where a checkpoint is by none of the given keys.
   */
  public Verdict verify(Progress progress) {
    try {
      LogDirectory log = new LogDirectory(directory);
      Found own = found(log.checkpoint(), log + "/checkpoint");
      List<LogDirectory> copies = trust.copies().stream().map(LogDirectory::new).toList();
      List<Found> held = held(copies);
      LogKeys keys = new LogKeys(trust.keys());
      if (isAnyUnsigned(keys, own, held)) {
        keys.follow(log, own.checkpoint().size());
      }
      for (Found kept : held) {
        requireSigned(keys, kept);
      }
      LogKeys.Signed signed = keys.check(own.note());
      if (signed == LogKeys.Signed.NO && held.isEmpty()) {
        throw unsigned(own);
      }
      return switch (signed) {
        case YES -> verdict(log, copies, own, held, keys, progress);
        case FORGED ->
            contradicted(log, copies, own, held, "was not made for what it says now", progress);
        // That the key is this log's shows in what was kept: it is no mistake of the verifier's.
        case NO ->
            contradicted(
                log,
                copies,
                own,
                held,
                "is by no key that a key of this log handed over to",
                progress);
      };
    } catch (IOException e) {
      return new Verdict.Unknown(String.valueOf(e.getMessage()));
    }
  }

  private Verdict verdict(
      LogDirectory log,
      List<LogDirectory> copies,
      Found own,
      List<Found> held,
      LogKeys keys,
      Progress progress)
      throws IOException {
    Optional<Verdict> wrong = witnesses(own.note(), own.checkpoint());
    for (Found kept : held) {
      wrong = wrong.isPresent() ? wrong : keep(kept, own.checkpoint());
    }
    if (wrong.isEmpty()) {
      wrong = walk(log, copies, own.checkpoint(), progress);
    }
    return wrong.orElseGet(() -> nothingWrong(own.checkpoint(), keys));
  }

  /** The log's own checkpoint is not what a key of this log signed; where it begins may be told. */
  private Verdict contradicted(
      LogDirectory log,
      List<LogDirectory> copies,
      Found own,
      List<Found> held,
      String why,
      Progress progress)
      throws IOException {
    held.forEach(kept -> keep(kept, own.checkpoint()));
    Optional<Verdict> wrong = walk(log, copies, own.checkpoint(), progress);
    long last = Math.max(0, own.checkpoint().size() - 1);
    long agreed =
        held.stream()
            .map(Found::milestone)
            .filter(passed::contains)
            .mapToLong(kept -> kept.checkpoint().size())
            .max()
            .orElse(0);
    // Nobody vouches for what is there: that it ends early may be the least of it.
    boolean cut =
        held.stream().anyMatch(kept -> kept.checkpoint().size() > own.checkpoint().size());
    return wrong.orElseGet(
        () ->
            new Verdict.Tampered(
                "the signature under the log's own checkpoint " + why,
                Math.min(agreed, last),
                cut ? own.checkpoint().size() : last));
  }

  private boolean isAnyUnsigned(LogKeys keys, Found own, List<Found> held) {
    return Stream.concat(Stream.of(own), held.stream())
        .anyMatch(found -> keys.check(found.note()) != LogKeys.Signed.YES);
  }

  private void requireSigned(LogKeys keys, Found found) throws MalformedLogException {
    if (keys.check(found.note()) != LogKeys.Signed.YES) {
      throw unsigned(found);
    }
  }

  private MalformedLogException unsigned(Found found) {
    return new MalformedLogException(
        "the checkpoint in `%s` is not signed by the key of `%s`"
            .formatted(found.source(), trust.origin()));
  }

  private List<Found> held(List<LogDirectory> copies) throws IOException {
    List<Found> held = new ArrayList<>();
    for (Path kept : trust.kept()) {
      held.add(found(read(kept), "the kept `" + kept + "`"));
    }
    for (LogDirectory copy : copies) {
      held.add(found(copy.checkpoint(), "the " + copy));
    }
    return held;
  }

  /** The checkpoint in a note, of this log, and not yet believed. */
  private Found found(Note note, String source) throws MalformedLogException {
    Checkpoint checkpoint;
    try {
      checkpoint = Checkpoint.parse(note.text());
    } catch (IllegalArgumentException e) {
      throw new MalformedLogException("`" + source + "` is " + e.getMessage());
    }
    if (!checkpoint.origin().equals(trust.origin())) {
      throw new MalformedLogException(
          "`%s` is of the log `%s`, not `%s`"
              .formatted(source, checkpoint.origin(), trust.origin()));
    }
    return new Found(checkpoint, note, source);
  }

  private Optional<Verdict> walk(
      LogDirectory log, List<LogDirectory> copies, Checkpoint own, Progress progress)
      throws IOException {
    if (span.whole()) {
      milestones.add(new Milestone(own, "the log's own checkpoint"));
      History history = new History(log, copies, milestones, progress);
      Optional<Verdict> wrong = history.walk(own.size());
      passed.addAll(history.passed());
      return wrong;
    }
    if (span.from() >= own.size() || (span.to() != Span.END && span.to() > own.size())) {
      throw new MalformedLogException(
          "the log has %,d records, so there is none at %,d"
              .formatted(own.size(), span.from() >= own.size() ? span.from() : span.to() - 1));
    }
    Optional<Verdict> wrong =
        new Stretch(log, copies, own, span.within(own.size()), progress).walk(milestones);
    if (wrong.isEmpty()) {
      passed.addAll(milestones);
    }
    return wrong;
  }

  private Verdict nothingWrong(Checkpoint own, LogKeys keys) {
    String which =
        span.whole()
            ? "%,d records of `%s`".formatted(own.size(), own.origin())
            : "records %,d to %,d of the %,d of `%s`"
                .formatted(span.from(), span.within(own.size()).to() - 1, own.size(), own.origin());
    String what =
        keys.followed() == 0
            ? which
            : which
                + ", whose key was followed through %,d rotation%s"
                    .formatted(keys.followed(), keys.followed() == 1 ? "" : "s");
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

  private Optional<Verdict> keep(Found kept, Checkpoint own) {
    milestones.add(kept.milestone());
    if (kept.checkpoint().size() > own.size()) {
      return Optional.of(
          new Verdict.Tampered(
              "cut or rolled back: %s has %,d records, the log %,d"
                  .formatted(kept.source(), kept.checkpoint().size(), own.size()),
              own.size(),
              own.size()));
    }
    comparisons.add(kept.source());
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
