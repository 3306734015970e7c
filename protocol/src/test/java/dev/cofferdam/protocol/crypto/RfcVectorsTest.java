package dev.cofferdam.protocol.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known answers from the RFCs themselves, on both providers where there are two. */
class RfcVectorsTest {

  /** RFC 4231, test cases 1 and 2. */
  @ParameterizedTest
  @CsvSource({
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265,"
        + " b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    "4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
        + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  })
  void hmac(String key, String message, String code) {
    assertThat(Hmac.code(hex(key), hex(message))).isEqualTo(hex(code));
  }

  /** RFC 4231, test case 6: a key longer than a block. */
  @ParameterizedTest
  @CsvSource("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
  void hmacOfALongKey(String code) {
    byte[] message = "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(US_ASCII);
    assertThat(Hmac.code(hex("aa".repeat(131)), message)).isEqualTo(hex(code));
  }

  /** RFC 5869, test cases 1 and 3. */
  @ParameterizedTest
  @CsvSource({
    "000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9,"
        + " 077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5,"
        + " 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    "'', '', 19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04,"
        + " 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
  })
  void hkdf(String salt, String info, String prk, String okm) {
    byte[] secret = hex("0b".repeat(22));
    assertThat(Hkdf.extract(hex(salt), secret)).isEqualTo(hex(prk));
    assertThat(Hkdf.expand(hex(prk), hex(info), 42)).isEqualTo(hex(okm));
    assertThat(Hkdf.derive(secret, hex(salt), hex(info), 42)).isEqualTo(hex(okm));
  }

  /** RFC 8032, section 7.1, tests 1, 2 and 3. */
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + " d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
        + " e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + " 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
        + " 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + " fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
        + " 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  })
  void ed25519(String secret, String published, String message, String signature) {
    Providers.both()
        .forEach(
            provider -> {
              assertThat(signed(provider, secret, message)).isEqualTo(hex(signature));
              assertThat(verified(provider, published, message, signature)).isTrue();
              assertThat(verified(provider, published, message + "00", signature)).isFalse();
            });
  }

  /**
   * RFC 7748, section 5.2 (the first vector) and section 6.1 (Bob's side: the shared secret, and
   * his public key from the base point).
   */
  @ParameterizedTest
  @CsvSource({
    "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4,"
        + " e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c,"
        + " c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
    "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb,"
        + " 8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a,"
        + " 4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
    "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb,"
        + " 0900000000000000000000000000000000000000000000000000000000000000,"
        + " de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
  })
  void x25519(String secret, String published, String shared) {
    Providers.both()
        .forEach(
            provider -> assertThat(agreed(provider, secret, published)).isEqualTo(hex(shared)));
  }

  private static byte[] signed(CryptoProvider provider, String secret, String message) {
    try {
      Signature signer = provider.signature(KeyAlgorithm.ED25519);
      signer.initSign(
          provider.privateKey(
              KeyAlgorithm.ED25519, hex("302e020100300506032b657004220420" + secret)));
      signer.update(hex(message));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean verified(
      CryptoProvider provider, String published, String message, String signature) {
    try {
      Signature verifier = provider.signature(KeyAlgorithm.ED25519);
      verifier.initVerify(
          provider.publicKey(KeyAlgorithm.ED25519, hex("302a300506032b6570032100" + published)));
      verifier.update(hex(message));
      return verifier.verify(hex(signature));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] agreed(CryptoProvider provider, String secret, String published) {
    try {
      var agreement = provider.agreement();
      agreement.init(provider.privateKey(KeyAlgorithm.X25519, X25519Keys.pkcs8(hex(secret))));
      agreement.doPhase(
          provider.publicKey(KeyAlgorithm.X25519, X25519Keys.spki(hex(published))), true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
