package dev.cofferdam.server.audit;

import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.server.keyring.RingKey;
import java.util.Arrays;

/** The open key of one log. Closed by whoever keeps it. */
final class CheckpointKey implements AutoCloseable {
  private static final int PUBLIC_KEY = 32;

  private final RingKey key;
  private final NoteKey published;

  /**
   * @param origin the log's name in its checkpoints, and the key's
   */
  CheckpointKey(String origin, RingKey key) {
    this.key = key;
    byte[] encoded =
        key.publicKey().orElseThrow(() -> new IllegalStateException(key + " has no public half"));
    // The 32 bytes of an Ed25519 key end its SubjectPublicKeyInfo (RFC 8410 section 4).
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - PUBLIC_KEY, encoded.length);
    published = NoteKey.of(origin, NoteKey.Use.NOTE, raw);
  }

  Note.Signature sign(Checkpoint checkpoint) {
    return published.sign(checkpoint.text(), key::sign);
  }

  /** What verifies it. */
  NoteKey published() {
    return published;
  }

  @Override
  public void close() {
    key.close();
  }
}
