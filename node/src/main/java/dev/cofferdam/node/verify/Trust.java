package dev.cofferdam.node.verify;

import dev.cofferdam.protocol.log.NoteKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the verifier holds against the log.
 *
 * @param keys of the log, at least one; their name is the log's origin. Keys that one of them has
 *     endorsed in the log are followed
 * @param kept signed checkpoints of this log, or receipts of its records, that lay out of its
 *     operator's reach
 * @param witnesses whose cosignature on the log's checkpoint counts
 * @param copies further copies of the log
 */
public record Trust(
    List<NoteKey> keys, List<Path> kept, List<NoteKey> witnesses, List<Copy> copies) {
  public Trust {
    keys = List.copyOf(keys);
    kept = List.copyOf(kept);
    witnesses = List.copyOf(witnesses);
    copies = List.copyOf(copies);
    if (keys.stream().map(NoteKey::name).distinct().count() != 1) {
      throw new IllegalArgumentException("the keys of one log have one name");
    }
  }

  /** With one key. */
  public Trust(NoteKey key, List<Path> kept, List<NoteKey> witnesses, List<Copy> copies) {
    this(List.of(key), kept, witnesses, copies);
  }

  /** The log's name in its checkpoints. */
  String origin() {
    return keys.getFirst().name();
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
}
