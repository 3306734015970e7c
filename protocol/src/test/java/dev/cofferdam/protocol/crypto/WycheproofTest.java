package dev.cofferdam.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The attacks on implementations that Wycheproof collects. Its files are not part of this
 * repository: they lie in {@code shared/vectors/wycheproof} beside the checkout, or the tests are
 * skipped and say so.
 */
class WycheproofTest {
  private static final byte[] ED25519_HEAD = hex("302a300506032b6570032100");

  @Test
  void hmac() throws Exception {
    int run =
        each(
            "hmac_sha256_test.json",
            (group, test) -> {
              byte[] code = Hmac.code(bytes(test, "key"), bytes(test, "msg"));
              int tagLength = group.get("tagSize").asInt() / 8;
              return Arrays.equals(Arrays.copyOf(code, tagLength), bytes(test, "tag"));
            });
    assertThat(run).isEqualTo(174);
  }

  @Test
  void hkdf() throws Exception {
    int run =
        each(
            "hkdf_sha256_test.json",
            (group, test) -> {
              try {
                byte[] derived =
                    Hkdf.derive(
                        bytes(test, "ikm"),
                        bytes(test, "salt"),
                        bytes(test, "info"),
                        test.get("size").asInt());
                return Arrays.equals(derived, bytes(test, "okm"));
              } catch (IllegalArgumentException e) {
                return false;
              }
            });
    assertThat(run).isEqualTo(86);
  }

  @Test
  void aesGcm() throws Exception {
    int run =
        each(
            "aes_gcm_test.json",
            (group, test) -> {
              if (bytes(test, "key").length != Aead.KEY_LENGTH
                  || bytes(test, "iv").length != Aead.NONCE_LENGTH) {
                // Not ours: we use one key length and one nonce length.
                return test.get("result").asString().equals("valid");
              }
              byte[] sealed = joined(bytes(test, "ct"), bytes(test, "tag"));
              return switch (Aead.decrypt(
                  bytes(test, "key"), bytes(test, "iv"), bytes(test, "aad"), sealed)) {
                case Opening.Opened opened -> opened.plaintext().matches(bytes(test, "msg"));
                case Opening.Refused refused -> false;
              };
            });
    assertThat(run).isEqualTo(316);
  }

  @ParameterizedTest
  @MethodSource("dev.cofferdam.protocol.crypto.Providers#both")
  void ed25519(CryptoProvider provider) throws Exception {
    int run =
        each(
            "ed25519_test.json",
            (group, test) -> {
              try {
                byte[] key = bytes(group.get("publicKey"), "pk");
                Signature verifier = provider.signature(KeyAlgorithm.ED25519);
                verifier.initVerify(
                    provider.publicKey(KeyAlgorithm.ED25519, joined(ED25519_HEAD, key)));
                verifier.update(bytes(test, "msg"));
                return verifier.verify(bytes(test, "sig"));
              } catch (GeneralSecurityException e) {
                return false;
              }
            });
    assertThat(run).isEqualTo(151);
  }

  @ParameterizedTest
  @MethodSource("dev.cofferdam.protocol.crypto.Providers#both")
  void x25519(CryptoProvider provider) throws Exception {
    int run =
        each(
            "x25519_test.json",
            (group, test) -> {
              try {
                var agreement = provider.agreement();
                agreement.init(
                    provider.privateKey(
                        KeyAlgorithm.X25519, X25519Keys.pkcs8(bytes(test, "private"))));
                agreement.doPhase(
                    provider.publicKey(KeyAlgorithm.X25519, X25519Keys.spki(bytes(test, "public"))),
                    true);
                return Arrays.equals(agreement.generateSecret(), bytes(test, "shared"));
              } catch (GeneralSecurityException | IllegalStateException e) {
                // Refusing what is merely acceptable (small order, not canonical) is allowed.
                return false;
              }
            });
    assertThat(run).isEqualTo(518);
  }

  /** Runs all cases of a file and gives their number; {@code accepts} says what ours answers. */
  private static int each(String file, BiPredicate<JsonNode, JsonNode> accepts) throws Exception {
    Path path = vectors().resolve(file);
    if (!Files.isRegularFile(path)) {
      String skipped = "SKIPPED, not passed: no Wycheproof vectors at " + path;
      System.err.println(skipped);
      abort(skipped);
    }
    int run = 0;
    for (JsonNode group : JsonMapper.shared().readTree(path).get("testGroups")) {
      for (JsonNode test : group.get("tests")) {
        run++;
        boolean accepted = accepts.test(group, test);
        switch (test.get("result").asString()) {
          case "valid" -> assertThat(accepted).as(test.toString()).isTrue();
          case "invalid" -> assertThat(accepted).as(test.toString()).isFalse();
          default -> {}
        }
      }
    }
    return run;
  }

  /** Beside the root of the checkout, wherever the build was started from. */
  private static Path vectors() {
    Path root = Path.of("").toAbsolutePath();
    while (root.getParent() != null && Files.exists(root.getParent().resolve("pom.xml"))) {
      root = root.getParent();
    }
    return root.resolve("../shared/vectors/wycheproof").normalize();
  }

  private static byte[] joined(byte[] one, byte[] two) {
    byte[] joined = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, joined, one.length, two.length);
    return joined;
  }

  private static byte[] bytes(JsonNode node, String field) {
    return hex(node.get(field).asString());
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
