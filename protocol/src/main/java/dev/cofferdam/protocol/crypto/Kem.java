package dev.cofferdam.protocol.crypto;

import java.util.Optional;

/** How a key is agreed on with whoever something is sealed to (RFC 9180, section 7.1). */
public enum Kem {
  /** DHKEM(X25519, HKDF-SHA256). */
  X25519("x25519", (byte) 1, 0x0020, X25519Keys.LENGTH, X25519Keys.LENGTH),
  /**
   * X-Wing (draft-connolly-cfrg-xwing-kem): X25519 and ML-KEM-768 together, so that what was sealed
   * stays so while either holds. The private key is the seed of 32 bytes.
   */
  X_WING("x-wing", (byte) 2, 0x647a, 1216, 1120);

  /** How many bytes a private key of any has. */
  public static final int PRIVATE_LENGTH = 32;

  private final String label;
  private final byte suite;
  private final int id;
  private final int publicLength;
  private final int encapsulatedLength;

  Kem(String label, byte suite, int id, int publicLength, int encapsulatedLength) {
    this.label = label;
    this.suite = suite;
    this.id = id;
    this.publicLength = publicLength;
    this.encapsulatedLength = encapsulatedLength;
  }

  /** The one that is called so. */
  public static Optional<Kem> ofLabel(String label) {
    for (Kem kem : values()) {
      if (kem.label.equals(label)) {
        return Optional.of(kem);
      }
    }
    return Optional.empty();
  }

  /** What it is called wherever it is written. */
  public String label() {
    return label;
  }

  /** The one whose public keys have so many bytes; no two have as many. */
  public static Optional<Kem> ofPublicLength(int length) {
    for (Kem kem : values()) {
      if (kem.publicLength == length) {
        return Optional.of(kem);
      }
    }
    return Optional.empty();
  }

  /** The first byte of a message that was sealed by it, with HKDF-SHA256 and AES-256-GCM. */
  byte suite() {
    return suite;
  }

  /** As the RFC's registry has it. */
  int id() {
    return id;
  }

  /** How many bytes its public keys have. */
  public int publicLength() {
    return publicLength;
  }

  /** How many bytes stand in a message for the key that was agreed on. */
  int encapsulatedLength() {
    return encapsulatedLength;
  }

  /** How many bytes a sealed message is longer than its plaintext. */
  public int overhead() {
    return 1 + encapsulatedLength + Aead.TAG_LENGTH;
  }
}
