package dev.cofferdam.protocol.crypto;

import java.util.Arrays;

/**
 * Hybrid public key encryption (RFC 9180), base mode, one message to one key: a {@link Kem},
 * HKDF-SHA256, AES-256-GCM (docs/design/protocol.md).
 *
 * <p>A sealed message is one byte for the suite, the encapsulated key, the ciphertext and its tag
 * of 16 bytes. It opens only with the private key it was sealed to and the same {@code info} and
 * {@code aad}. Nothing says who sealed it. Safe for use by several threads.
 */
public sealed interface Hpke permits ConscryptHpke, JdkHpke {

  /** How many bytes a message that is sealed to a key of X25519 is longer than its plaintext. */
  int OVERHEAD = Kem.X25519.overhead();

  /** Whether it can seal to keys of this kind, and open with them. */
  boolean offers(Kem kem);

  /**
   * Seals {@code plaintext}, which the caller clears, to {@code recipient}.
   *
   * @throws IllegalArgumentException when it does not offer the recipient's kind of key
   */
  byte[] seal(ReceivingKey recipient, byte[] info, byte[] aad, byte[] plaintext);

  /**
   * Opens what was sealed. A message that says that it was sealed to another kind of key is not
   * tried: no key is used for two.
   *
   * @param recipient the 32 bytes of the private key
   */
  Opening open(Kem kem, SecretBytes recipient, byte[] info, byte[] aad, byte[] sealed);

  /** The same with a key of X25519. */
  default Opening open(SecretBytes recipient, byte[] info, byte[] aad, byte[] sealed) {
    return open(Kem.X25519, recipient, info, aad, sealed);
  }

  /** Puts a sealed message together from its parts. */
  static byte[] join(Kem kem, byte[] encapsulated, byte[] ciphertext) {
    byte[] sealed = new byte[1 + encapsulated.length + ciphertext.length];
    sealed[0] = kem.suite();
    System.arraycopy(encapsulated, 0, sealed, 1, encapsulated.length);
    System.arraycopy(ciphertext, 0, sealed, 1 + encapsulated.length, ciphertext.length);
    return sealed;
  }

  /** Whether {@code sealed} has the suite and the least length of a message for such a key. */
  static boolean isWellFormed(Kem kem, byte[] sealed) {
    return sealed.length >= kem.overhead() && sealed[0] == kem.suite();
  }

  /** The encapsulated key in a well-formed message. */
  static byte[] encapsulated(Kem kem, byte[] sealed) {
    return Arrays.copyOfRange(sealed, 1, 1 + kem.encapsulatedLength());
  }

  /** The ciphertext and tag in a well-formed message. */
  static byte[] ciphertext(Kem kem, byte[] sealed) {
    return Arrays.copyOfRange(sealed, 1 + kem.encapsulatedLength(), sealed.length);
  }
}
