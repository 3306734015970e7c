package dev.cofferdam.server.keyring;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a key does last when another takes its place: it may vouch for its successor. Good while the
 * rotation is announced.
 */
public final class Handover {
  private final Supplier<RingKey> previous;
  private final byte[] successor;

  /**
   * @param previous opens the key that is rotated away, as it was before
   * @param successor the new key's public half, as X.509 SubjectPublicKeyInfo
   */
  Handover(Supplier<RingKey> previous, byte[] successor) {
    this.previous = previous;
    this.successor = successor;
  }

  /** The new key's public half, as X.509 SubjectPublicKeyInfo. */
  public byte[] successor() {
    return successor.clone();
  }

  /**
   * {@code message}, signed by the key that is rotated away; empty when it does not open any more,
   * which may be why it is rotated.
   */
  public Optional<byte[]> signed(byte[] message) {
    try (RingKey key = previous.get()) {
      return Optional.of(key.sign(message));
    } catch (UnreadableKeyException spoilt) {
      return Optional.empty();
    }
  }
}
