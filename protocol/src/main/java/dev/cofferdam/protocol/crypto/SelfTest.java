package dev.cofferdam.protocol.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Published answers, recomputed at every start with the very code and providers that are then used:
 * a broken or replaced library must not get as far as a key.
 */
public final class SelfTest {
  private static final byte[] NO_BYTES = {};

  private final CryptoProvider provider;
  private final Map<String, Check> checks = new LinkedHashMap<>();

  private SelfTest(CryptoProvider provider) {
    this.provider = provider;
    checks.put("SHA-256", SelfTest::sha256);
    checks.put("HMAC-SHA256", SelfTest::hmac);
    checks.put("HKDF-SHA256", SelfTest::hkdf);
    checks.put("AES-256-GCM", SelfTest::aead);
    checks.put("Ed25519", this::ed25519);
    checks.put("ECDSA P-256", this::ecdsa);
    checks.put("X25519", this::x25519);
    checks.put("HPKE", this::hpke);
    if (provider.hpke().offers(Kem.X_WING)) {
      checks.put("X-Wing", this::xWing);
    }
  }

  /** The first algorithm that gives another answer than it must, or empty when all are right. */
  public static Optional<String> firstFailure(CryptoProvider provider) {
    return new SelfTest(provider).firstFailure();
  }

  private Optional<String> firstFailure() {
    return checks.entrySet().stream()
        .filter(check -> !check.getValue().holds())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** FIPS 180-4, the example of one block. */
  private static boolean sha256() throws GeneralSecurityException {
    return equal(
        MessageDigest.getInstance("SHA-256").digest("abc".getBytes(US_ASCII)),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  /** RFC 4231, test case 2. */
  private static boolean hmac() {
    return equal(
        Hmac.code("Jefe".getBytes(US_ASCII), "what do ya want for nothing?".getBytes(US_ASCII)),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  /** RFC 5869, test case 1. */
  private static boolean hkdf() {
    return equal(
        Hkdf.derive(
            hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
            hex("000102030405060708090a0b0c"),
            hex("f0f1f2f3f4f5f6f7f8f9"),
            42),
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }

  /** Test case 16 of the GCM submission to NIST, and that it does not open when altered. */
  private static boolean aead() {
    byte[] key = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    byte[] nonce = hex("cafebabefacedbaddecaf888");
    byte[] aad = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    byte[] sealed =
        Aead.encrypt(
            key,
            nonce,
            aad,
            hex(
                "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                    + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));
    boolean right =
        equal(
            sealed,
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                + "76fc6ece0f4e1768cddf8853bb2d551b");
    sealed[0] ^= 1;
    return right && Aead.decrypt(key, nonce, aad, sealed) instanceof Opening.Refused;
  }

  /** RFC 8032, section 7.1, test 2: signatures are deterministic, so signing is compared too. */
  private boolean ed25519() throws GeneralSecurityException {
    PrivateKey privateKey =
        provider.privateKey(
            KeyAlgorithm.ED25519,
            hex(
                "302e020100300506032b657004220420"
                    + "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    PublicKey publicKey =
        provider.publicKey(
            KeyAlgorithm.ED25519,
            hex(
                "302a300506032b6570032100"
                    + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
    byte[] message = {0x72};
    byte[] signature = sign(KeyAlgorithm.ED25519, privateKey, message);
    return equal(
            signature,
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
        && verifies(KeyAlgorithm.ED25519, publicKey, message, signature)
        && !verifies(KeyAlgorithm.ED25519, publicKey, NO_BYTES, signature);
  }

  /**
   * RFC 6979, section A.2.5, SHA-256 of "sample"; and a pair of our own, since these are random.
   */
  private boolean ecdsa() throws GeneralSecurityException {
    PublicKey publicKey =
        provider.publicKey(
            KeyAlgorithm.P256,
            hex(
                "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
                    + "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                    + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"));
    byte[] published =
        hex(
            "3046"
                + "022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                + "022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
    byte[] message = "sample".getBytes(US_ASCII);
    KeyPair pair = provider.generator(KeyAlgorithm.P256).generateKeyPair();
    byte[] ours = sign(KeyAlgorithm.P256, pair.getPrivate(), message);
    return verifies(KeyAlgorithm.P256, publicKey, message, published)
        && !verifies(KeyAlgorithm.P256, publicKey, NO_BYTES, published)
        && verifies(KeyAlgorithm.P256, pair.getPublic(), message, ours);
  }

  /** RFC 7748, section 5.2, the first vector. */
  private boolean x25519() throws GeneralSecurityException {
    var agreement = provider.agreement();
    agreement.init(
        provider.privateKey(
            KeyAlgorithm.X25519,
            X25519Keys.pkcs8(
                hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"))));
    agreement.doPhase(
        provider.publicKey(
            KeyAlgorithm.X25519,
            X25519Keys.spki(
                hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"))),
        true);
    return equal(
        agreement.generateSecret(),
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
  }

  /** The vectors that accompany RFC 9180: base mode, ids 0x0020, 0x0001, 0x0002, message 0. */
  private boolean hpke() {
    byte[] sealed =
        Hpke.join(
            Kem.X25519,
            hex("6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256"),
            hex(
                "e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be99319"
                    + "80a41de125a925cdad859d5b7a"));
    byte[] info = hex("4f6465206f6e2061204772656369616e2055726e");
    byte[] aad = hex("436f756e742d30");
    byte[] plaintext = hex("4265617574792069732074727574682c20747275746820626561757479");
    try (SecretBytes key =
        SecretBytes.takenFrom(
            hex("497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d"))) {
      return switch (provider.hpke().open(key, info, aad, sealed)) {
        case Opening.Opened opened -> {
          try (SecretBytes found = opened.plaintext()) {
            yield found.matches(plaintext);
          }
        }
        case Opening.Refused refused -> false;
      };
    }
  }

  /**
   * The published encapsulated key, with the secret that both must agree on: what is encrypted
   * under that secret by our own key schedule opens with the published private key. And what is
   * sealed to the published public key opens with it.
   */
  private boolean xWing() {
    byte[] info = "info".getBytes(US_ASCII);
    byte[] plaintext = "sealed by whoever knows the secret".getBytes(US_ASCII);
    byte[] published;
    try (HpkeKeySchedule.Keys keys =
        HpkeKeySchedule.of(Kem.X_WING).base(XWingVector.SHARED_SECRET.bytes(), info)) {
      published =
          Hpke.join(
              Kem.X_WING,
              XWingVector.ENCAPSULATED.bytes(),
              Aead.encrypt(keys.key(), keys.nonce(), NO_BYTES, plaintext));
    }
    Optional<ReceivingKey> key = ReceivingKey.of(XWingVector.PUBLIC_KEY.bytes());
    return key.isPresent()
        && opensByXWing(info, published, plaintext)
        && opensByXWing(
            info, provider.hpke().seal(key.get(), info, NO_BYTES, plaintext), plaintext);
  }

  private boolean opensByXWing(byte[] info, byte[] sealed, byte[] plaintext) {
    try (SecretBytes key = SecretBytes.takenFrom(XWingVector.PRIVATE_KEY.bytes())) {
      return switch (provider.hpke().open(Kem.X_WING, key, info, NO_BYTES, sealed)) {
        case Opening.Opened opened -> {
          try (SecretBytes found = opened.plaintext()) {
            yield found.matches(plaintext);
          }
        }
        case Opening.Refused refused -> false;
      };
    }
  }

  private byte[] sign(KeyAlgorithm algorithm, PrivateKey key, byte[] message)
      throws GeneralSecurityException {
    Signature signer = provider.signature(algorithm);
    signer.initSign(key);
    signer.update(message);
    return signer.sign();
  }

  private boolean verifies(KeyAlgorithm algorithm, PublicKey key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    Signature verifier = provider.signature(algorithm);
    verifier.initVerify(key);
    verifier.update(message);
    return verifier.verify(signature);
  }

  private static boolean equal(byte[] actual, String expected) {
    return Arrays.equals(actual, hex(expected));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** One algorithm; what it throws counts as a wrong answer. */
  @FunctionalInterface
  private interface Check {
    boolean right() throws GeneralSecurityException;

    default boolean holds() {
      try {
        return right();
      } catch (GeneralSecurityException | RuntimeException e) {
        return false;
      }
    }
  }
}
