package dev.cofferdam.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cofferdam.server.oauth.PlantedClient.Answer;
import dev.cofferdam.server.surface.Authentication;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.testing.RunningServer;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Tokens that are bound to a key, and the proofs beside them (RFC 9449), over HTTP. */
class ProofsTest {
  /** All that is wrong comes from one address. */
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private static final String READ = "/v1/tenant";

  private final PlantedClient client =
      PlantedClient.in(SERVER, SERVER.newTenant().tenant(), "member", "tenant:read");
  private final ECKey key = PlantedClient.key();
  private final String token = client.boundToken(key);

  private Answer shown(String shown, String... proofs) {
    List<String> fields = new ArrayList<>(List.of("Authorization", shown));
    for (String proof : proofs) {
      fields.addAll(List.of("DPoP", proof));
    }
    return client.get(READ, fields.toArray(String[]::new));
  }

  private String proof() {
    return client.proof(key, "GET", READ, token);
  }

  @Test
  void aBoundTokenIsGoodWithAProofOfItsKeyAlone() throws Exception {
    assertThat(SignedJWT.parse(token).getJWTClaimsSet().getJSONObjectClaim("cnf"))
        .containsEntry("jkt", key.computeThumbprint().toString());
    assertThat(shown("DPoP " + token, proof()).status()).isEqualTo(200);
    assertThat(shown("dpop " + token, proof()).status()).isEqualTo(200);

    Answer bare = shown("Bearer " + token);
    assertThat(bare.text("code")).isEqualTo("invalid_token");
    assertThat(shown("Bearer " + token, proof()).text("code")).isEqualTo("invalid_token");
    Answer unproven = shown("DPoP " + token);
    assertThat(unproven.status()).isEqualTo(401);
    assertThat(unproven.text("code")).isEqualTo("invalid_dpop_proof");
    assertThat(unproven.header("WWW-Authenticate"))
        .isEqualTo(
            "DPoP realm=\"cofferdam\", error=\"invalid_dpop_proof\", algs=\"ES256 EdDSA PS256\"");
    String bearer = client.token();
    assertThat(shown("DPoP " + bearer, client.proof(key, "GET", READ, bearer)).text("code"))
        .as("a token that is bound to nothing")
        .isEqualTo("invalid_token");
  }

  @Test
  void theAddressIsComparedAsOne() {
    URI here = SERVER.uri(READ);
    for (String address :
        List.of(
            here + "?a=b#c",
            here.toString().replace("http:", "HTTP:"),
            here.toString().replace(here.getHost(), here.getHost().toUpperCase(Locale.ROOT)))) {
      assertThat(
              shown("DPoP " + token, client.proof(key, "GET", URI.create(address), token, c -> c))
                  .status())
          .as(address)
          .isEqualTo(200);
    }
  }

  @Test
  void aProofIsGoodOnceAlsoWhenItIsShownAHundredTimesAtOnce() throws Exception {
    String proof = proof();
    List<Callable<Integer>> tries = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      tries.add(() -> shown("DPoP " + token, proof).status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> each : threads.invokeAll(tries)) {
        statuses.add(each.get());
      }
    }
    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    assertThat(statuses).allMatch(status -> status == 200 || status == 401 || status == 429);
  }

  /** A sound proof with one thing wrong. */
  record Flaw(
      String name,
      UnaryOperator<JWSHeader.Builder> header,
      UnaryOperator<JWTClaimsSet.Builder> claims) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Flaw says(String name, String claim, @Nullable Object value) {
    return new Flaw(name, header -> header, claims -> claims.claim(claim, value));
  }

  private static Flaw made(String name, long seconds) {
    return new Flaw(
        name,
        header -> header,
        claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(seconds))));
  }

  private static Flaw calls(String name, UnaryOperator<JWSHeader.Builder> header) {
    return new Flaw(name, header, claims -> claims);
  }

  static Stream<Flaw> flaws() {
    return Stream.of(
        says("without a name", "jti", null),
        says("for another method", "htm", "POST"),
        says("for a method in other letters", "htm", "get"),
        says("for another path", "htu", SERVER.uri("/v1/groups").toString()),
        says("for a path below", "htu", SERVER.uri(READ + "/").toString()),
        says("for another port", "htu", "http://127.0.0.1:1" + READ),
        says("for another host", "htu", "http://elsewhere.example" + READ),
        says("for no address", "htu", "::"),
        says("for a path alone", "htu", READ),
        says("for no token", "ath", null),
        says("for another token", "ath", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"),
        says("without a time", "iat", null),
        made("of a minute ago", -61),
        made("of the future", 60),
        calls("of no type", header -> header.type(null)),
        calls("of another type", header -> header.type(JOSEObjectType.JWT)),
        calls("without a key", header -> header.jwk(null)),
        calls("that names another key", header -> header.jwk(PlantedClient.key().toPublicJWK())));
  }

  @ParameterizedTest(name = "a proof {0}")
  @MethodSource("flaws")
  void aProofWithAFlawIsNone(Flaw flaw) {
    JWTClaimsSet sound = claims();
    Answer answer =
        shown(
            "DPoP " + token,
            PlantedClient.signed(
                flaw.header().apply(PlantedClient.proofHeader(key)),
                flaw.claims().apply(new JWTClaimsSet.Builder(sound)).build(),
                key));
    assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    assertThat(answer.text("code")).isEqualTo("invalid_dpop_proof");
  }

  private JWTClaimsSet claims() {
    try {
      return SignedJWT.parse(proof()).getJWTClaimsSet();
    } catch (java.text.ParseException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aProofOfAnotherKeyOrTwoOfThemAreNone() {
    ECKey other = PlantedClient.key();
    assertThat(shown("DPoP " + token, client.proof(other, "GET", READ, token)).text("code"))
        .isEqualTo("invalid_dpop_proof");
    assertThat(shown("DPoP " + token, proof(), proof()).text("code"))
        .isEqualTo("invalid_dpop_proof");
    assertThat(shown("DPoP " + token, "none").text("code")).isEqualTo("invalid_dpop_proof");
    JWSHeader.Builder unsigned =
        new JWSHeader.Builder(JWSAlgorithm.ES384)
            .type(new JOSEObjectType("dpop+jwt"))
            .jwk(key.toPublicJWK());
    String[] parts = proof().split("\\.");
    assertThat(
            shown("DPoP " + token, unsigned.build().toBase64URL() + "." + parts[1] + "." + parts[2])
                .text("code"))
        .isEqualTo("invalid_dpop_proof");
  }

  private Authentication seen(MockHttpServletRequest request) {
    return SERVER.bean(Authenticator.class).authenticate(request);
  }

  private MockHttpServletRequest request(String proof) {
    URI here = SERVER.uri(READ);
    MockHttpServletRequest request = new MockHttpServletRequest("GET", here.getPath());
    request.setServerName(here.getHost());
    request.setServerPort(here.getPort());
    request.addHeader("Authorization", "DPoP " + token);
    request.addHeader("DPoP", proof);
    return request;
  }

  @Test
  void whoeverIsAskedAgainDuringALongAnswerHasProvenItAlready() {
    String proof = proof();
    MockHttpServletRequest request = request(proof);
    assertThat(seen(request)).isInstanceOf(Authentication.Known.class).isEqualTo(seen(request));
    assertThat(seen(request(proof))).isInstanceOf(Authentication.Refused.class);
  }

  @Test
  void aProofAtTheTokenEndpointIsLookedAtInTheSameWay() {
    String proof = client.proof(key, "POST", "/oauth/token", null);
    assertThat(client.post("/oauth/token", client.form(), "DPoP", proof).text("token_type"))
        .isEqualTo("DPoP");
    Answer again = client.post("/oauth/token", client.form(), "DPoP", proof);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.text("error")).isEqualTo("invalid_dpop_proof");
    Answer elsewhere =
        client.post(
            "/oauth/token", client.form(), "DPoP", client.proof(key, "GET", "/oauth/token", null));
    assertThat(elsewhere.text("error")).isEqualTo("invalid_dpop_proof");
  }
}
