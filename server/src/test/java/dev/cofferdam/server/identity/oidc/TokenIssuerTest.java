package dev.cofferdam.server.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.egress.Egress;
import dev.cofferdam.server.egress.TestEgress;
import dev.cofferdam.server.testing.MovableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Tokens that programs show, of an issuer that answers over HTTP as a test tells it to. */
class TokenIssuerTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

  private final MovableClock clock = new MovableClock(NOON);
  private ScriptedIdp idp;
  private Egress egress;

  @BeforeEach
  void open() throws Exception {
    idp = new ScriptedIdp(clock);
    egress = TestEgress.toLoopback(Duration.ofSeconds(20), idp.port());
    // As code hosts and clusters write theirs: nobody signs in there.
    idp.document =
        document -> {
          document.remove("authorization_endpoint");
          document.remove("token_endpoint");
        };
  }

  @AfterEach
  void close() {
    egress.close();
    idp.end();
  }

  private TokenIssuer issuer(Optional<String> keys) {
    return new TokenIssuers(egress, clock).of(new Issuer(idp.issuer()), keys.map(URI::create));
  }

  private String token(Consumer<ObjectNode> claims) throws Exception {
    return idp.signed(header -> {}, claims, "e");
  }

  private static ForeignToken read(ForeignReading reading) {
    assertThat(reading).isInstanceOf(ForeignReading.Read.class);
    return ((ForeignReading.Read) reading).token();
  }

  @Test
  void aTokenIsReadByTheKeysThatTheDocumentNames() throws Exception {
    TokenIssuer issuer = issuer(Optional.empty());
    String token =
        token(
            claims -> {
              claims.put("repository", "acme/app").put("run", 7);
              claims.putArray("groups").add("ops").add(1).add("dev");
            });

    ForeignToken read = read(issuer.read(token, "us"));

    assertThat(read.texts("repository")).containsExactly("acme/app");
    assertThat(read.texts("groups")).containsExactly("ops", "dev");
    assertThat(read.texts("run")).as("no number is a text").isEmpty();
    assertThat(read.texts("nothing")).isEmpty();
    assertThat(read.goodUntil()).isEqualTo(NOON.plusSeconds(330));
    for (int n = 0; n < 20; n++) {
      read(issuer.read(token, "us"));
    }
    assertThat(idp.keyFetches).hasValue(1);
  }

  @Test
  void whereTheKeysAreNamedNoDocumentIsAskedFor() throws Exception {
    idp.discoveryStatus = 500;
    assertThat(issuer(Optional.empty()).read(token(claims -> {}), "us"))
        .isEqualTo(new ForeignReading.Unavailable(Trouble.DOCUMENT));
    read(issuer(Optional.of(idp.issuer() + "/keys")).read(token(claims -> {}), "us"));
  }

  @Test
  void theDocumentOfAnotherIssuerIsNone() throws Exception {
    idp.document = document -> document.put("issuer", "https://other.example");
    assertThat(issuer(Optional.empty()).read(token(claims -> {}), "us"))
        .isEqualTo(new ForeignReading.Unavailable(Trouble.DOCUMENT));
  }

  @Test
  void anAlgorithmThatTheDocumentDoesNotNameIsNotAgreedOn() throws Exception {
    String token = idp.signed(header -> header.put("alg", "PS256").put("kid", "r"), c -> {}, "r");
    assertThat(issuer(Optional.empty()).read(token, "us"))
        .isEqualTo(new ForeignReading.Refused(TokenFault.ALGORITHM));
    read(issuer(Optional.of(idp.issuer() + "/keys")).read(token, "us"));
  }

  @Test
  void keysThatCannotBeHadAreNoFaultOfTheToken() throws Exception {
    idp.keyStatus = 500;
    assertThat(issuer(Optional.empty()).read(token(claims -> {}), "us"))
        .isEqualTo(new ForeignReading.Unavailable(Trouble.KEYS));
  }

  @Test
  void inventedKeyIdsMakeNobodyFetchMore() throws Exception {
    TokenIssuer issuer = issuer(Optional.empty());
    for (int n = 0; n < 20; n++) {
      String invented = "k" + n;
      String token = idp.signed(header -> header.put("kid", invented), claims -> {}, "absent");
      assertThat(issuer.read(token, "us"))
          .isEqualTo(new ForeignReading.Refused(TokenFault.KEY_UNKNOWN));
    }
    assertThat(idp.keyFetches).hasValue(1);
  }

  @Test
  void aTokenIsKnownAgainByItsNameOrByAllThatIsSigned() throws Exception {
    TokenIssuer issuer = issuer(Optional.empty());
    String named = token(claims -> claims.put("jti", "one").put("sub", "a"));
    String again = token(claims -> claims.put("jti", "one").put("sub", "b"));
    String other = token(claims -> claims.put("jti", "two").put("sub", "a"));
    assertThat(identity(issuer, named))
        .isEqualTo(identity(issuer, again))
        .isNotEqualTo(identity(issuer, other));

    // Signed twice, and so by two signatures: it says the same.
    String nameless = token(claims -> {});
    String resigned = token(claims -> {});
    assertThat(nameless).isNotEqualTo(resigned);
    assertThat(identity(issuer, nameless)).isEqualTo(identity(issuer, resigned));
    String name = nameless.substring(0, nameless.lastIndexOf('.'));
    String impostor = token(claims -> claims.put("jti", name));
    assertThat(identity(issuer, impostor)).isNotEqualTo(identity(issuer, nameless));
    String odd = token(claims -> claims.put("jti", 7));
    assertThat(identity(issuer, odd))
        .as("a number is no name")
        .isNotEqualTo(identity(issuer, named));
  }

  private static byte[] identity(TokenIssuer issuer, String token) {
    return read(issuer.read(token, "us")).identity();
  }
}
