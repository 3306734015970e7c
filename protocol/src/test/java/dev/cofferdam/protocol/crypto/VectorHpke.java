package dev.cofferdam.protocol.crypto;

import java.security.SecureRandom;

/** Our own HPKE with an ephemeral key that is known beforehand, for vectors. */
public final class VectorHpke {
  private VectorHpke() {}

  /** Seals with the key pair that the 32 bytes of {@code ephemeral} are the private half of. */
  public static Hpke sealingWith(byte[] ephemeral) {
    return new JdkHpke(new Replayed(ephemeral));
  }

  /** What is sealed to the published key of X-Wing by the published answer of the agreement. */
  public static byte[] sealedByXWing(byte[] info, byte[] aad, byte[] plaintext) {
    try (HpkeKeySchedule.Keys keys =
        HpkeKeySchedule.of(Kem.X_WING).base(XWingVector.SHARED_SECRET.bytes(), info)) {
      return Hpke.join(
          Kem.X_WING,
          XWingVector.ENCAPSULATED.bytes(),
          Aead.encrypt(keys.key(), keys.nonce(), aad, plaintext));
    }
  }

  /** The pair that it is for. */
  public static byte[] xWingPublic() {
    return XWingVector.PUBLIC_KEY.bytes();
  }

  public static byte[] xWingPrivate() {
    return XWingVector.PRIVATE_KEY.bytes();
  }

  /** Gives out one known key instead of chance. */
  static final class Replayed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] bytes;

    Replayed(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, target.length);
    }
  }
}
