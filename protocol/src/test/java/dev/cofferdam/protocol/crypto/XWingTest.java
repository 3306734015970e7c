package dev.cofferdam.protocol.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMExtractor;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMGenerator;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.xwing.XWingPublicKeyParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * X-Wing as the second kind of key: Conscrypt's, which we use, against Bouncy Castle's, of which
 * only the agreement is taken, with our own key schedule behind it; and the published answer
 * against both.
 */
class XWingTest {
  private static final byte[] INFO = "whose".getBytes(US_ASCII);
  private static final byte[] AAD = "what".getBytes(US_ASCII);
  private static final Hpke HPKE = CryptoProvider.best().hpke();

  private ReceivingKey receiving;
  private byte[] seed;

  @BeforeEach
  void generateKeys() {
    KeyPair pair = CryptoProvider.best().generator(KeyAlgorithm.X_WING).generateKeyPair();
    receiving = ReceivingKey.of(last(pair.getPublic().getEncoded(), 1216)).orElseThrow();
    seed = last(pair.getPrivate().getEncoded(), 32);
  }

  private static byte[] last(byte[] encoded, int length) {
    return Arrays.copyOfRange(encoded, encoded.length - length, encoded.length);
  }

  private static Opening open(Kem kem, byte[] key, byte[] sealed) {
    try (SecretBytes secret = SecretBytes.takenFrom(key.clone())) {
      return HPKE.open(kem, secret, INFO, AAD, sealed);
    }
  }

  private static boolean opens(byte[] key, byte[] sealed, byte[] plaintext) {
    return open(Kem.X_WING, key, sealed) instanceof Opening.Opened opened
        && opened.plaintext().matches(plaintext);
  }

  /** What is encrypted under a secret that was agreed on. */
  private static byte[] sealed(byte[] secret, byte[] encapsulated, byte[] plaintext) {
    try (HpkeKeySchedule.Keys keys = HpkeKeySchedule.of(Kem.X_WING).base(secret, INFO)) {
      return Hpke.join(
          Kem.X_WING, encapsulated, Aead.encrypt(keys.key(), keys.nonce(), AAD, plaintext));
    }
  }

  @Test
  void thePublishedAnswerIsThatOfBoth() {
    byte[] key = XWingVector.PRIVATE_KEY.bytes();
    byte[] encapsulated = XWingVector.ENCAPSULATED.bytes();
    byte[] plaintext = {1, 2, 3};

    assertThat(
            new XWingKEMExtractor(new XWingPrivateKeyParameters(key)).extractSecret(encapsulated))
        .isEqualTo(XWingVector.SHARED_SECRET.bytes());
    assertThat(
            opens(
                key, sealed(XWingVector.SHARED_SECRET.bytes(), encapsulated, plaintext), plaintext))
        .isTrue();
    ReceivingKey published = ReceivingKey.of(XWingVector.PUBLIC_KEY.bytes()).orElseThrow();
    assertThat(published.kem()).isEqualTo(Kem.X_WING);
    assertThat(opens(key, HPKE.seal(published, INFO, AAD, plaintext), plaintext)).isTrue();
  }

  @Test
  void whatOneSealsTheOtherOpens() {
    XWingKEMGenerator generator = new XWingKEMGenerator(new SecureRandom());
    XWingKEMExtractor extractor =
        new XWingKEMExtractor(new XWingPrivateKeyParameters(seed.clone()));
    for (int length : List.of(0, 1, 4096, 1 << 20)) {
      byte[] plaintext = new byte[length];
      new SecureRandom().nextBytes(plaintext);
      SecretWithEncapsulation theirs =
          generator.generateEncapsulated(new XWingPublicKeyParameters(receiving.bytes()));
      assertThat(
              opens(
                  seed,
                  sealed(theirs.getSecret(), theirs.getEncapsulation(), plaintext),
                  plaintext))
          .isTrue();

      byte[] ours = HPKE.seal(receiving, INFO, AAD, plaintext);
      assertThat(ours).hasSize(length + Kem.X_WING.overhead());
      byte[] agreed = extractor.extractSecret(Hpke.encapsulated(Kem.X_WING, ours));
      assertThat(sealed(agreed, Hpke.encapsulated(Kem.X_WING, ours), plaintext)).isEqualTo(ours);
    }
  }

  @Test
  void itOpensForNothingElseAndUnderNoOtherSuite() {
    byte[] plaintext = {1, 2, 3};
    byte[] sealed = HPKE.seal(receiving, INFO, AAD, plaintext);
    assertThat(opens(seed, sealed, plaintext)).isTrue();
    byte[] other = new byte[32];
    new SecureRandom().nextBytes(other);
    assertThat(open(Kem.X_WING, other, sealed)).isEqualTo(new Opening.Refused());
    assertThat(open(Kem.X25519, seed, sealed)).isEqualTo(new Opening.Refused());
    for (int at = 0; at < sealed.length; at += at < 64 || at > 1_070 ? 1 : 37) {
      byte[] altered = sealed.clone();
      altered[at] ^= 1;
      assertThat(open(Kem.X_WING, seed, altered))
          .as("byte %d", at)
          .isEqualTo(new Opening.Refused());
      assertThat(open(Kem.X_WING, seed, Arrays.copyOf(sealed, at)))
          .isEqualTo(new Opening.Refused());
    }
    byte[] declared = sealed.clone();
    declared[0] = Kem.X25519.suite();
    assertThat(open(Kem.X_WING, seed, declared)).isEqualTo(new Opening.Refused());
    assertThat(open(Kem.X25519, seed, declared)).isEqualTo(new Opening.Refused());
  }

  @Test
  void aKeyHasOneFormAndNoPartOfSmallOrder() {
    byte[] good = receiving.bytes();
    assertThat(ReceivingKey.of(good)).isPresent();
    assertThat(ReceivingKey.of(Arrays.copyOf(good, 1215))).isEmpty();
    assertThat(ReceivingKey.of(Arrays.copyOf(good, 1217))).isEmpty();
    byte[] smallOrder = good.clone();
    Arrays.fill(smallOrder, XWingKeys.ML_KEM_LENGTH, smallOrder.length, (byte) 0);
    assertThat(ReceivingKey.of(smallOrder)).isEmpty();
    byte[] highBit = good.clone();
    highBit[1215] |= (byte) 0x80;
    assertThat(ReceivingKey.of(highBit)).as("a second name of the same key").isEmpty();
    for (int coefficient : List.of(0, 1, 766, 767)) {
      assertThat(ReceivingKey.of(with(good, coefficient, 3328))).as("the highest").isPresent();
      for (int value : List.of(3329, 4095)) {
        assertThat(ReceivingKey.of(with(good, coefficient, value)))
            .as("%d as coefficient %d", value, coefficient)
            .isEqualTo(Optional.empty());
      }
    }
  }

  /** The key with one coefficient of its first part, of 12 bits, two in three bytes. */
  private static byte[] with(byte[] key, int coefficient, int value) {
    byte[] changed = key.clone();
    int at = coefficient / 2 * 3;
    if (coefficient % 2 == 0) {
      changed[at] = (byte) value;
      changed[at + 1] = (byte) (changed[at + 1] & 0xf0 | value >> 8);
    } else {
      changed[at + 1] = (byte) (changed[at + 1] & 0x0f | (value & 0x0f) << 4);
      changed[at + 2] = (byte) (value >> 4);
    }
    return changed;
  }

  @Test
  void theJdkHasNone() throws GeneralSecurityException {
    Hpke jdk = CryptoProvider.jdk().hpke();
    byte[] sealed = HPKE.seal(receiving, INFO, AAD, new byte[1]);

    assertThat(jdk.offers(Kem.X_WING)).isFalse();
    assertThatThrownBy(() -> jdk.seal(receiving, INFO, AAD, new byte[1]))
        .isInstanceOf(IllegalArgumentException.class);
    try (SecretBytes secret = SecretBytes.takenFrom(seed.clone())) {
      assertThat(jdk.open(Kem.X_WING, secret, INFO, AAD, sealed)).isEqualTo(new Opening.Refused());
    }
  }
}
