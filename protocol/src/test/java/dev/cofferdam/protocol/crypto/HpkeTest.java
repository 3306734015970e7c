package dev.cofferdam.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.crypto.KEM;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HpkeTest {
  private static final byte[] INFO = {1, 2, 3};
  private static final byte[] AAD = {4, 5};
  private static final byte[] PLAINTEXT = "the key under the mat".getBytes();

  private static Properties vectors;

  private ReceivingKey receiving;
  private SecretBytes secret;

  @BeforeAll
  static void readVectors() throws Exception {
    vectors = new Properties();
    try (var in = HpkeTest.class.getResourceAsStream("hpke-vectors.properties")) {
      vectors.load(in);
    }
  }

  @BeforeEach
  void generateKeys() {
    KeyPair pair = CryptoProvider.jdk().generator(KeyAlgorithm.X25519).generateKeyPair();
    receiving = ReceivingKey.of(X25519Keys.raw(pair.getPublic().getEncoded())).orElseThrow();
    secret = SecretBytes.takenFrom(X25519Keys.raw(pair.getPrivate().getEncoded()));
  }

  static Stream<Arguments> pairs() {
    return Providers.both()
        .flatMap(sealer -> Providers.both().map(opener -> Arguments.of(sealer, opener)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whatOneSealsTheOtherOpens(CryptoProvider sealer, CryptoProvider opener) {
    for (int length : List.of(0, 1, 16, 4096, 1 << 20)) {
      byte[] plaintext = new byte[length];
      new SecureRandom().nextBytes(plaintext);
      byte[] sealed = sealer.hpke().seal(receiving, INFO, AAD, plaintext);
      assertThat(sealed).hasSize(length + Hpke.OVERHEAD);
      assertThat(opens(opener, secret, INFO, AAD, sealed, plaintext)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.cofferdam.protocol.crypto.Providers#both")
  void itOpensForNothingElse(CryptoProvider provider) {
    byte[] sealed = provider.hpke().seal(receiving, INFO, AAD, PLAINTEXT);
    try (SecretBytes other = SecretBytes.random(32, new SecureRandom())) {
      assertRefused(provider, other, INFO, AAD, sealed);
    }
    assertRefused(provider, secret, new byte[0], AAD, sealed);
    assertRefused(provider, secret, INFO, new byte[0], sealed);
    assertRefused(provider, secret, AAD, INFO, sealed);
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertRefused(provider, secret, INFO, AAD, altered);
      assertRefused(provider, secret, INFO, AAD, Arrays.copyOf(sealed, i));
    }
    assertRefused(provider, secret, INFO, AAD, Arrays.copyOf(sealed, sealed.length + 1));
  }

  @ParameterizedTest
  @MethodSource("dev.cofferdam.protocol.crypto.Providers#both")
  void anEncapsulatedKeyOfSmallOrderIsRefused(CryptoProvider provider) {
    for (byte[] point : smallOrder()) {
      assertRefused(provider, secret, INFO, AAD, Hpke.join(Kem.X25519, point, new byte[64]));
    }
  }

  @Test
  void keysThatNothingCanBeSealedToAreNone() {
    for (byte[] point : smallOrder()) {
      assertThat(ReceivingKey.of(point)).isEmpty();
    }
    assertThat(ReceivingKey.of(new byte[31])).isEmpty();
    assertThat(ReceivingKey.of(new byte[33])).isEmpty();
    byte[] highBit = receiving.bytes();
    highBit[31] |= (byte) 0x80;
    assertThat(ReceivingKey.of(highBit)).as("a second name of the same key").isEmpty();
    byte[] notReduced = new byte[32];
    Arrays.fill(notReduced, (byte) 0xff);
    notReduced[31] = 0x7f;
    assertThat(ReceivingKey.of(notReduced)).as("18, written as 2^255 - 1").isEmpty();
  }

  @Test
  void sealingTwiceGivesDifferentBytes() {
    Hpke hpke = CryptoProvider.best().hpke();
    assertThat(hpke.seal(receiving, INFO, AAD, PLAINTEXT))
        .isNotEqualTo(hpke.seal(receiving, INFO, AAD, PLAINTEXT));
  }

  @ParameterizedTest
  @MethodSource("dev.cofferdam.protocol.crypto.Providers#both")
  void thePublishedMessageOpens(CryptoProvider provider) {
    byte[] sealed = Hpke.join(Kem.X25519, vector("aes256.enc"), vector("aes256.ct"));
    try (SecretBytes key = SecretBytes.takenFrom(vector("aes256.skRm"))) {
      assertThat(opens(provider, key, vector("info"), vector("aad"), sealed, vector("pt")))
          .isTrue();
    }
  }

  @Test
  void thePublishedMessageIsSealedFromItsEphemeralKey() {
    Hpke hpke = VectorHpke.sealingWith(vector("aes256.skEm"));
    ReceivingKey recipient = ReceivingKey.of(vector("aes256.pkRm")).orElseThrow();
    assertThat(hpke.seal(recipient, vector("info"), vector("aad"), vector("pt")))
        .isEqualTo(Hpke.join(Kem.X25519, vector("aes256.enc"), vector("aes256.ct")));
  }

  /** RFC 9180, appendix A.1 and A.2, and the file beside it: three suites over the same KEM. */
  @Test
  void theKemGivesThePublishedSharedSecrets() throws Exception {
    for (String suite : List.of("aes128", "aes256", "chacha20")) {
      var publicKey =
          CryptoProvider.jdk()
              .publicKey(KeyAlgorithm.X25519, X25519Keys.spki(vector(suite + ".pkRm")));
      var encapsulated =
          KEM.getInstance("DHKEM")
              .newEncapsulator(publicKey, null, new VectorHpke.Replayed(vector(suite + ".skEm")))
              .encapsulate();
      assertThat(encapsulated.encapsulation()).isEqualTo(vector(suite + ".enc"));
      assertThat(encapsulated.key().getEncoded()).isEqualTo(vector(suite + ".shared_secret"));
    }
  }

  @Test
  void theKeyScheduleGivesThePublishedKeys() {
    Map<String, HpkeKeySchedule> schedules =
        Map.of(
            "aes128", new HpkeKeySchedule(0x20, 1, 1, 16),
            "aes256", new HpkeKeySchedule(0x20, 1, 2, 32),
            "chacha20", new HpkeKeySchedule(0x20, 1, 3, 32));
    schedules.forEach(
        (suite, schedule) -> {
          try (var keys = schedule.base(vector(suite + ".shared_secret"), vector("info"))) {
            assertThat(keys.key()).isEqualTo(vector(suite + ".key"));
            assertThat(keys.nonce()).isEqualTo(vector(suite + ".base_nonce"));
          }
        });
  }

  private static boolean opens(
      CryptoProvider provider,
      SecretBytes key,
      byte[] info,
      byte[] aad,
      byte[] sealed,
      byte[] expected) {
    return switch (provider.hpke().open(key, info, aad, sealed)) {
      case Opening.Opened opened -> opened.plaintext().matches(expected);
      case Opening.Refused refused -> false;
    };
  }

  private static void assertRefused(
      CryptoProvider provider, SecretBytes key, byte[] info, byte[] aad, byte[] sealed) {
    assertThat(provider.hpke().open(key, info, aad, sealed)).isEqualTo(new Opening.Refused());
  }

  private static byte[] vector(String name) {
    return HexFormat.of().parseHex(vectors.getProperty(name));
  }

  /** The canonical encodings of the points of order 1, 2, 4 and 8 (RFC 7748, section 7). */
  private static List<byte[]> smallOrder() {
    return Stream.of(
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
        .map(HexFormat.of()::parseHex)
        .toList();
  }
}
