package dev.cofferdam.protocol.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SigningKeyTest {
  private static final SigningKey KEY = SigningKey.generate();

  // Often enough that each length of an integer in DER comes up.
  @RepeatedTest(64)
  void aStatementIsVerifiedByTheJdkFromItsTextAlone() throws Exception {
    String[] parts = KEY.stated("a+jws", Map.of("n", 1L)).split("\\.", -1);

    Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
    verifier.initVerify(
        KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(KEY.spki())));
    verifier.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
    assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  @Test
  void aStatementSaysItsTypeAndCarriesOrNamesItsKey() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("a", "with \"quotes\", \\ and \n");
    claims.put("b", 1234567890123L);
    claims.put("c", Map.of("d", "e"));

    assertThat(decoded(KEY.stated("a+jws", claims), 0))
        .startsWith(
            "{\"alg\":\"ES256\",\"typ\":\"a+jws\",\"jwk\":{\"crv\":\"P-256\",\"kty\":\"EC\"")
        .doesNotContain("\"d\"");
    assertThat(decoded(KEY.asserted("b+jws", claims), 0))
        .isEqualTo(
            "{\"alg\":\"ES256\",\"typ\":\"b+jws\",\"kid\":\"" + KEY.jwk().thumbprint() + "\"}");
    assertThat(decoded(KEY.stated("a+jws", claims), 1))
        .isEqualTo(
            "{\"a\":\"with \\\"quotes\\\", \\\\ and \\u000a\",\"b\":1234567890123,\"c\":{\"d\":\"e\"}}");
  }

  private static String decoded(String statement, int part) {
    return new String(Base64.getUrlDecoder().decode(statement.split("\\.")[part]), UTF_8);
  }

  @Test
  void aStoredKeyIsTheSameAndOnlyBothHalvesOfOneAreOne() {
    SigningKey other = SigningKey.generate();

    assertThat(SigningKey.of(KEY.pkcs8(), KEY.spki()).jwk()).isEqualTo(KEY.jwk());
    assertThatThrownBy(() -> SigningKey.of(KEY.pkcs8(), other.spki()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SigningKey.of(new byte[] {1}, KEY.spki()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(KEY).hasToString("the key " + KEY.jwk().thumbprint());
  }

  @Test
  void keysAreNamedAsOthersNameThem() {
    // RFC 8037, appendix A.6 has the key of a Diffie-Hellman example; its thumbprint by hand.
    byte[] x = Base64.getUrlDecoder().decode("3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08");

    assertThat(PublicJwk.ofX25519(x).members().keySet())
        .isEqualTo(new java.util.LinkedHashSet<>(List.of("crv", "kty", "x")));
    assertThat(PublicJwk.ofX25519(x).thumbprint())
        .isEqualTo(
            PublicJwk.digest(
                "{\"crv\":\"X25519\",\"kty\":\"OKP\",\"x\":\"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08\"}"));
    // RFC 8037, appendix A.3: the digest of another text of this form.
    assertThat(
            PublicJwk.digest(
                "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"))
        .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    assertThatThrownBy(() -> PublicJwk.ofX25519(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
