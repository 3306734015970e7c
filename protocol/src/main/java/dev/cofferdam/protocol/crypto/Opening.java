package dev.cofferdam.protocol.crypto;

/**
 * What came of opening something sealed. Why it did not open is not told: that would be an oracle.
 */
public sealed interface Opening {
  /** It opened. The caller closes the plaintext. */
  final class Opened implements Opening {
    private final SecretBytes plaintext;

    Opened(SecretBytes plaintext) {
      this.plaintext = plaintext;
    }

    public SecretBytes plaintext() {
      return plaintext;
    }
  }

  /** Altered, sealed for something else, or not sealed at all. */
  record Refused() implements Opening {}
}
