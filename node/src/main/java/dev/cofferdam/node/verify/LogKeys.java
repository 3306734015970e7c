package dev.cofferdam.node.verify;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Succession;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.protocol.record.AuditRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys that a log is believed by: those that the verifier was given, and those to which one of
 * them handed over. An endorsement is good wherever it is found, so it does not matter that the
 * entries it stands in are not verified yet.
 */
final class LogKeys {
  /** So that memory does not grow with the log, whoever wrote it. */
  private static final int MOST = 1_000;

  // Members of a record are in the order of their names, so the action comes first.
  private static final byte[] ROTATION =
      "{\"action\":\"%s\"".formatted(Succession.ACTION).getBytes(StandardCharsets.UTF_8);

  private final List<NoteKey> keys;
  private final int given;

  LogKeys(List<NoteKey> given) {
    this.keys = new ArrayList<>(given);
    this.given = given.size();
  }

  /** What a note says about these keys. */
  enum Signed {
    /** Signed by one of them. */
    YES,
    /** Not signed by any. */
    NO,
    /** A signature claims to be by one of them, and is not. */
    FORGED
  }

  Signed check(Note note) {
    Signed answer = Signed.NO;
    for (NoteKey key : keys) {
      switch (key.check(note, Ed25519::verify)) {
        case NoteKey.Check.Signed signed -> {
          return Signed.YES;
        }
        case NoteKey.Check.Forged forged -> answer = Signed.FORGED;
        // A key that only cosigns is none of a log's.
        case NoteKey.Check.Cosigned cosigned -> {}
        case NoteKey.Check.Absent absent -> {}
      }
    }
    return answer;
  }

  /** How many keys were followed to beyond those that were given. */
  int followed() {
    return keys.size() - given;
  }

  /**
   * Reads the first {@code size} entries for keys to follow to. Passes over what cannot be read:
   * that is for the verification to say.
   */
  void follow(LogDirectory log, long size) throws IOException {
    for (long at = 0; at < size; at += Tile.FULL) {
      Optional<List<byte[]>> entries;
      try {
        entries = log.entries(Tile.ofEntry(at, size));
      } catch (IllegalArgumentException spoilt) {
        entries = Optional.empty();
      }
      if (entries.isEmpty()) {
        return;
      }
      entries.get().forEach(this::follow);
    }
  }

  private void follow(byte[] entry) {
    if (!startsWith(entry, ROTATION) || keys.size() >= MOST) {
      return;
    }
    try {
      AuditRecord record = AuditRecord.decode(entry);
      Succession.in(record.log(), record.details())
          .flatMap(this::successor)
          .filter(key -> keys.stream().noneMatch(known -> known.toString().equals(key.toString())))
          .ifPresent(keys::add);
    } catch (IllegalArgumentException noRecord) {
      // Nothing to follow.
    }
  }

  private Optional<NoteKey> successor(Succession succession) {
    return keys.stream().flatMap(key -> succession.from(key, Ed25519::verify).stream()).findFirst();
  }

  private static boolean startsWith(byte[] entry, byte[] prefix) {
    return entry.length > prefix.length
        && Arrays.equals(entry, 0, prefix.length, prefix, 0, prefix.length);
  }
}
