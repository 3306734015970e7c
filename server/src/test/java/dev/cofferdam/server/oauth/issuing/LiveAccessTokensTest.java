package dev.cofferdam.server.oauth.issuing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Revocations;
import dev.cofferdam.server.oauth.AccessToken;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.PlantedClient;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.MovableClock;
import dev.cofferdam.server.testing.RunningServer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which access tokens are known, and as what. */
class LiveAccessTokensTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private static final Issuer HERE = new Issuer("https://cofferdam.example");

  private final TenantId tenant = SERVER.newTenant().tenant();
  private final PlantedClient client =
      PlantedClient.in(SERVER, tenant, "member", "tenant:read", "groups:read");
  // At a whole second, as tokens write time.
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-27T12:00:00Z"));
  private final LiveAccessTokens tokens = fresh();

  private AccessToken.Grant grant(Holder holder, TokenScope... scopes) {
    return new AccessToken.Grant(
        HERE,
        new ClientId(client.id.toString()),
        holder,
        client.id.toString(),
        Set.of(scopes),
        Optional.empty(),
        Optional.empty());
  }

  private Holder holder() {
    return new Holder(Holder.Kind.SERVICE, tenant, client.id);
  }

  private String token(Holder holder, TokenScope... scopes) {
    return new AccessTokens(
            SERVER.bean(SigningKeys.class), new Ids(clock, new SecureRandom()), clock)
        .issue(grant(holder, scopes))
        .text();
  }

  private LiveAccessTokens fresh() {
    return new LiveAccessTokens(
        new VerifiedTokens(SERVER.bean(SigningKeys.class)),
        SERVER.bean(EveryHolder.class),
        SERVER.bean(EndedTokens.class),
        SERVER.bean(Revocations.class),
        clock);
  }

  private Optional<ShownToken> shown(String token) {
    return tokens.find(token, HERE);
  }

  @Test
  void aTokenIsGoodForFiveMinutesAndNotAMomentLongerAlsoWhenItIsRemembered() {
    String token = token(holder(), TokenScope.TENANT_READ);
    assertThat(shown(token)).isPresent();
    clock.advance(AccessTokens.GOOD_FOR.minusMillis(1));
    assertThat(shown(token)).isPresent();
    clock.advance(Duration.ofMillis(1));
    assertThat(shown(token)).isEmpty();
    assertThat(fresh().find(token, HERE)).as("by a server that has not seen it").isEmpty();
  }

  @Test
  void aTokenOfOneNameOfTheServerIsNoneAtAnother() {
    String token = token(holder(), TokenScope.TENANT_READ);
    assertThat(shown(token)).isPresent();
    assertThat(tokens.find(token, new Issuer("https://other.example"))).isEmpty();
  }

  @Test
  void aTokenAllowsNothingThatItsHolderDoesNotHave() {
    String wide = token(holder(), TokenScope.TENANT_READ, TokenScope.AUDIT_READ);
    assertThat(shown(wide).orElseThrow().standing().scopes())
        .containsExactly(TokenScope.TENANT_READ);
  }

  @Test
  void aHolderIsOfOneTenantAndOfAKindThatSomebodyAnswersFor() {
    TenantId other = SERVER.newTenant().tenant();
    for (Holder wrong :
        new Holder[] {
          new Holder(Holder.Kind.SERVICE, other, client.id),
          new Holder(Holder.Kind.SERVICE, tenant, UUID.randomUUID()),
          new Holder(Holder.Kind.GRANT, tenant, client.id),
          new Holder(Holder.Kind.NODE, tenant, client.id)
        }) {
      assertThat(shown(token(wrong, TokenScope.TENANT_READ))).as(wrong.toString()).isEmpty();
    }
  }

  @Test
  void whatIsChangedInATokenEndsIt() {
    String token = token(holder(), TokenScope.TENANT_READ);
    String[] parts = token.split("\\.");
    for (String other :
        new String[] {
          changed(parts[0], "at+jwt", "jwt") + "." + parts[1] + "." + parts[2],
          changed(parts[0], "ES256", "none") + "." + parts[1] + ".",
          parts[0] + "." + changed(parts[1], "tenant:read", "audit:read ") + "." + parts[2],
          parts[0] + "." + parts[1] + "." + parts[2].substring(1) + "A",
          parts[0] + "." + parts[1],
          token + "."
        }) {
      assertThat(shown(other)).as(other).isEmpty();
    }
    assertThat(shown(token)).isPresent();
  }

  private static String changed(String part, String from, String to) {
    String json = new String(Base64.getUrlDecoder().decode(part), UTF_8);
    assertThat(json).contains(from);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.replace(from, to).getBytes(UTF_8));
  }
}
