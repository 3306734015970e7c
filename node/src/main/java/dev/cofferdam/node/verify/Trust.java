package dev.cofferdam.node.verify;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the verifier holds against the log.
 *
 * @param key of the log; its name is the log's origin
 * @param kept signed checkpoints of this log, or receipts of its records, that lay out of its
 *     operator's reach
 * @param witnesses whose cosignature on the log's checkpoint counts
 * @param copies further copies of the log
 */
public record Trust(NoteKey key, List<Path> kept, List<NoteKey> witnesses, List<Copy> copies) {
  public Trust {
    kept = List.copyOf(kept);
    witnesses = List.copyOf(witnesses);
    copies = List.copyOf(copies);
  }

  /** What is not there to compare with, in words for people. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (kept.isEmpty()) {
      missing.add("a kept checkpoint or receipt");
    }
    if (witnesses.isEmpty()) {
      missing.add("a witness");
    }
    for (Copy.Kind kind : Copy.Kind.values()) {
      if (copies.stream().noneMatch(copy -> copy.kind() == kind)) {
        missing.add("a further " + kind.words());
      }
    }
    return missing;
  }

  /**
   * The checkpoint that a note holds and the log's key has signed.
   *
   * @throws MalformedLogException when it is not this log's
   */
  Checkpoint signed(Note note, String where) throws MalformedLogException {
    if (!(key.check(note, Ed25519::verify) instanceof NoteKey.Check.Signed)) {
      throw new MalformedLogException(
          "the checkpoint in `%s` is not signed by the key of `%s`".formatted(where, key.name()));
    }
    try {
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      if (checkpoint.origin().equals(key.name())) {
        return checkpoint;
      }
      throw new MalformedLogException(
          "`%s` is of the log `%s`, not `%s`".formatted(where, checkpoint.origin(), key.name()));
    } catch (IllegalArgumentException e) {
      throw new MalformedLogException("`" + where + "` is " + e.getMessage());
    }
  }
}
