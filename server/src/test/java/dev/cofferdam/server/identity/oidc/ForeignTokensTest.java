package dev.cofferdam.server.identity.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import dev.cofferdam.server.testing.MovableClock;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The cases of {@code tokens.cases}, and what cannot be said in a line. */
class ForeignTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String ACCESS_TOKEN = "an-access-token";
  private static final JsonMapper JSON = JsonMapper.shared();

  private static TokenKeys keys;
  private static PublishedKeys published;

  private final ForeignTokens verifier = new ForeignTokens(new MovableClock(NOW));

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = TokenKeys.ofTheIssuer();
    published =
        new PublishedKeys(
            () -> PublishedKeys.read(keys.published().getBytes(UTF_8)), new MovableClock(NOW));
  }

  static List<Arguments> cases() throws IOException {
    try (InputStream in = ForeignTokensTest.class.getResourceAsStream("tokens.cases")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toArray())
          .map(Arguments::of)
          .toList();
    }
  }

  @ParameterizedTest(name = "{0}: {4}")
  @MethodSource("cases")
  void eachTokenIsJudgedAsTheTableSays(
      String what, String header, String claims, String by, String expected) throws Exception {
    Verification outcome = verifier.verify(token(header, claims, by), expectation(), published);
    if (expected.equals("verified")) {
      assertThat(outcome).isInstanceOf(Verification.Verified.class);
    } else {
      assertThat(outcome).isEqualTo(new Verification.Refused(TokenFault.valueOf(expected)));
    }
  }

  @Test
  void aVerifiedTokenSaysWhoItIsAndHow() throws Exception {
    String claims =
        """
        {"email":"ada@idp.example","email_verified":true,"name":"Ada","amr":["pwd","otp"],"auth_time":"now+7"}""";
    assertThat(verifier.verify(token("{}", claims, "e"), expectation(), published))
        .isEqualTo(
            new Verification.Verified(
                new Claims(
                    "https://idp.example",
                    "ada",
                    "ada@idp.example",
                    null,
                    "Ada",
                    "mfa",
                    List.of("pwd", "otp"),
                    NOW,
                    false)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"email_verified\":false}",
        "{\"email_verified\":\"true\"}",
        "{\"email_verified\":1}",
        "{\"email_verified\":null}"
      })
  void anAddressThatIsNotVerifiedIsNone(String claims) throws Exception {
    ObjectNode changes = (ObjectNode) JSON.readTree(claims);
    changes.put("email", "victim@acme.example");
    assertThat(verifier.verify(token("{}", changes.toString(), "e"), expectation(), published))
        .isInstanceOfSatisfying(
            Verification.Verified.class,
            verified -> {
              assertThat(verified.claims().email()).isNull();
              assertThat(verified.claims().unverified())
                  .isEqualTo(
                      new UnverifiedAddress(
                          "victim@acme.example", changes.hasNonNull("email_verified")));
            });
  }

  @Test
  void whatAnotherClaimSaysIsNotWhatTheIssuerVerified() throws Exception {
    ClaimNames names = new ClaimNames("display", "upn");
    String claims =
        """
        {"email":"ada@idp.example","email_verified":true,"name":"Ada","display":"A. L.","upn":"victim@acme.example"}""";
    assertThat(verifier.verify(token("{}", claims, "e"), expectation().withNames(names), published))
        .isInstanceOfSatisfying(
            Verification.Verified.class,
            verified -> {
              assertThat(verified.claims().name()).isEqualTo("A. L.");
              assertThat(verified.claims().email()).isNull();
              assertThat(verified.claims().unverified())
                  .isEqualTo(new UnverifiedAddress("victim@acme.example", false));
            });
    assertThat(
            verifier.verify(
                token("{}", "{\"display\":[\"A. L.\"]}", "e"),
                expectation().withNames(names),
                published))
        .isEqualTo(new Verification.Refused(TokenFault.MALFORMED));
  }

  @ParameterizedTest
  @CsvSource({
    "upn, true",
    "preferred_username, true",
    "https://idp.example/claims/email, true",
    "sub, false",
    "email_verified, false",
    "'', false",
    "a b, false",
    "9a, false",
    "'é', false"
  })
  void aClaimThatSaysSomethingElseIsNoName(String name, boolean may) {
    assertThat(ClaimNames.isName(name)).isEqualTo(may);
    assertThat(ClaimNames.isName("a".repeat(200))).isTrue();
    assertThat(ClaimNames.isName("a".repeat(201))).isFalse();
  }

  @Test
  void whatIsNoTokenIsRefused() throws Exception {
    String good = token("{}", "{}", "e");
    String[] parts = good.split("\\.");
    for (String text :
        List.of(
            "",
            ".",
            "..",
            "a.b.c",
            good + ".",
            "." + good,
            good + "=",
            good.replace('.', ' '),
            " " + good,
            good + "\n",
            parts[0] + "." + parts[1],
            parts[0] + ".." + parts[2],
            encoded("[]") + "." + parts[1] + "." + parts[2],
            encoded("{\"alg\":\"ES256\",\"alg\":\"ES256\",\"kid\":\"e\"}")
                + "."
                + parts[1]
                + "."
                + parts[2],
            parts[0] + "." + encoded("{\"iss\":\"a\",\"iss\":\"b\"}") + "." + parts[2],
            parts[0] + "." + encoded("{} {}") + "." + parts[2],
            parts[0] + "." + encoded("\"ada\"") + "." + parts[2],
            // Another spelling of the same bytes: the last letter carries bits that mean nothing.
            parts[0] + "x." + parts[1] + "." + parts[2],
            "e".repeat(20_000) + "." + parts[1] + "." + parts[2])) {
      assertThat(verifier.verify(text, expectation(), published))
          .as(text)
          .isEqualTo(new Verification.Refused(TokenFault.MALFORMED));
    }
  }

  @Test
  void anIdTokenIsNotRefusedForWhatWasNotAskedFor() throws Exception {
    Expectation plain =
        Expectation.of("https://idp.example", "us", Set.of(JWSAlgorithm.ES256)).withNonce("n");
    assertThat(
            verifier.verify(
                token("{}", "{\"auth_time\":null,\"acr\":null,\"at_hash\":\"x\"}", "e"),
                plain,
                published))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void noAlgorithmOfSharedSecretsCanBeAgreedOn() {
    for (JWSAlgorithm algorithm :
        List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS512, JWSAlgorithm.parse("none"))) {
      assertThatThrownBy(() -> Expectation.of("https://idp.example", "us", Set.of(algorithm)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whereTheKeysCannotBeHadNothingIsVerified() throws Exception {
    PublishedKeys none = new PublishedKeys(Optional::empty, new MovableClock(NOW));
    assertThat(verifier.verify(token("{}", "{}", "e"), expectation(), none))
        .isEqualTo(new Verification.Unavailable());
    // What is refused without a key is so without an issuer.
    assertThat(verifier.verify(token("{\"alg\":\"none\"}", "{}", "nobody"), expectation(), none))
        .isEqualTo(new Verification.Refused(TokenFault.ALGORITHM));
  }

  private static Expectation expectation() {
    return Expectation.of(
            "https://idp.example",
            "us",
            Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.RS256, JWSAlgorithm.PS256))
        .withNonce("n")
        .withAccessToken(ACCESS_TOKEN)
        .withStrength(Duration.ofSeconds(300), List.of("mfa", "phr"));
  }

  private static String token(String header, String claims, String by) throws Exception {
    ObjectNode head =
        (ObjectNode) JSON.readTree("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"e\"}");
    change(head, header);
    ObjectNode body =
        (ObjectNode)
            JSON.readTree(
                """
        {"iss":"https://idp.example","sub":"ada","aud":"us","exp":"now+300","iat":"now-1",
         "nonce":"n","auth_time":"now-5","acr":"mfa"}""");
    change(body, "{}");
    change(body, claims);
    String content = encoded(head.toString()) + "." + encoded(body.toString());
    return content
        + "."
        + keys.sign(by, JWSAlgorithm.parse(head.path("alg").asString("ES256")), content);
  }

  private static void change(ObjectNode json, String changes) throws Exception {
    json.setAll((ObjectNode) reader().readTree(changes));
    for (String name : List.copyOf(json.propertyNames())) {
      JsonNode value = json.get(name);
      if (value.isNull()) {
        json.remove(name);
      } else if (value.isString() && value.asString().startsWith("now")) {
        json.put(
            name,
            new BigDecimal(NOW.getEpochSecond())
                .add(new BigDecimal(value.asString().substring(3))));
      } else if (name.equals("at_hash")
          && value.equals(JSON.getNodeFactory().stringNode("right"))) {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(ACCESS_TOKEN.getBytes(UTF_8));
        json.put(name, Base64URL.encode(Arrays.copyOf(hash, 16)).toString());
      } else if (name.equals("jwk")) {
        json.set(name, JSON.valueToTree(keys.embedded(value.asString())));
      }
    }
  }

  /** Keeps numbers as they are written. */
  private static JsonMapper reader() {
    return JsonMapper.builder()
        .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build();
  }

  private static String encoded(String json) {
    return Base64URL.encode(json).toString();
  }
}
