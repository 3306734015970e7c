package dev.cofferdam.protocol.crypto;

import java.util.Arrays;

/**
 * Hybrid public key encryption (RFC 9180), base mode, one message to one key: DHKEM(X25519,
 * HKDF-SHA256), HKDF-SHA256, AES-256-GCM (docs/design/protocol.md).
 *
 * <p>A sealed message is one byte for the suite, the 32 bytes of the encapsulated key, the
 * ciphertext and its tag of 16 bytes. It opens only with the private key it was sealed to and the
 * same {@code info} and {@code aad}. Nothing says who sealed it. Safe for use by several threads.
 */
public sealed interface Hpke permits ConscryptHpke, JdkHpke {
  /** The suite above. Another one gets another byte. */
  byte SUITE = 1;

  /** How many bytes a sealed message is longer than its plaintext. */
  int OVERHEAD = 1 + X25519Keys.LENGTH + Aead.TAG_LENGTH;

  /** Seals {@code plaintext}, which the caller clears, to {@code recipient}. */
  byte[] seal(ReceivingKey recipient, byte[] info, byte[] aad, byte[] plaintext);

  /**
   * Opens what was sealed.
   *
   * @param recipient the 32 bytes of the private key
   */
  Opening open(SecretBytes recipient, byte[] info, byte[] aad, byte[] sealed);

  /** Puts a sealed message together from its parts. */
  static byte[] join(byte[] encapsulated, byte[] ciphertext) {
    byte[] sealed = new byte[1 + encapsulated.length + ciphertext.length];
    sealed[0] = SUITE;
    System.arraycopy(encapsulated, 0, sealed, 1, encapsulated.length);
    System.arraycopy(ciphertext, 0, sealed, 1 + encapsulated.length, ciphertext.length);
    return sealed;
  }

  /** Whether {@code sealed} has the suite and the least length of a sealed message. */
  static boolean isWellFormed(byte[] sealed) {
    return sealed.length >= OVERHEAD && sealed[0] == SUITE;
  }

  /** The encapsulated key in a well-formed message. */
  static byte[] encapsulated(byte[] sealed) {
    return Arrays.copyOfRange(sealed, 1, 1 + X25519Keys.LENGTH);
  }

  /** The ciphertext and tag in a well-formed message. */
  static byte[] ciphertext(byte[] sealed) {
    return Arrays.copyOfRange(sealed, 1 + X25519Keys.LENGTH, sealed.length);
  }
}
