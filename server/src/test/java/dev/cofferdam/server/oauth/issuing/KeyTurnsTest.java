package dev.cofferdam.server.oauth.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.keyring.TestKeyring;
import dev.cofferdam.server.oauth.AccessToken;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import dev.cofferdam.server.testing.MovableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The keys of access tokens take turns by themselves, and nobody who verifies is surprised. */
class KeyTurnsTest {
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final TestDatabase database = TestDatabase.migrated();
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-27T12:00:00Z"));
  private final RootKey root = TestKeyring.rootKey();
  private final TestKeyring first = new TestKeyring(database, root, clock);
  private final TestKeyring second = new TestKeyring(database, root, clock);

  @AfterEach
  void drop() {
    database.close();
  }

  private static String signed(SigningKeys keys, MovableClock clock) {
    Issuer issuer = new Issuer("https://cofferdam.example");
    Holder holder = new Holder(Holder.Kind.SERVICE, new TenantId(new UUID(1, 1)), new UUID(1, 2));
    return new AccessTokens(keys, new Ids(clock, new SecureRandom()), clock)
        .issue(
            new AccessToken.Grant(
                issuer,
                new ClientId("somebody"),
                holder,
                "somebody",
                Set.of(TokenScope.TENANT_READ),
                Optional.empty(),
                Optional.empty()))
        .text();
  }

  private static String keyOf(String token) throws Exception {
    return SignedJWT.parse(token).getHeader().getKeyID();
  }

  private static List<String> published(SigningKeys keys) {
    return keys.published().getKeys().stream().map(JWK::getKeyID).toList();
  }

  @Test
  void aKeyIsPublishedForADayBeforeItSignsAndVerifiesForADayAfterwards() throws Exception {
    KeyTurns turns = new KeyTurns(first.keyring, clock);
    KeyTurns others = new KeyTurns(second.keyring, clock);
    SigningKeys keys = new SigningKeys(first.keyring, clock);
    SigningKeys elsewhere = new SigningKeys(second.keyring, clock);

    String old = signed(keys, clock);
    turns.turn();
    assertThat(published(keys)).containsExactly(keyOf(old));

    clock.advance(Duration.ofDays(89).minus(MOMENT));
    turns.turn();
    assertThat(published(keys)).as("not a moment early").containsExactly(keyOf(old));
    clock.advance(MOMENT);
    turns.turn();
    others.turn();
    clock.advance(SigningKeys.HELD);
    assertThat(published(keys)).as("one, whoever looks").hasSize(2);
    assertThat(published(elsewhere)).containsExactlyInAnyOrderElementsOf(published(keys));
    String next =
        published(keys).stream().filter(id -> !id.equals(idOf(old))).findFirst().orElseThrow();
    assertThat(keyOf(signed(keys, clock))).isEqualTo(keyOf(old));

    clock.advance(Duration.ofDays(1).minus(SigningKeys.HELD).minus(MOMENT));
    turns.turn();
    assertThat(keyOf(signed(keys, clock))).isEqualTo(keyOf(old));
    clock.advance(MOMENT);
    others.turn();
    turns.turn();
    clock.advance(SigningKeys.HELD);
    String fresh = signed(keys, clock);
    assertThat(keyOf(fresh)).isEqualTo(next);
    assertThat(published(keys)).containsExactlyInAnyOrder(keyOf(old), next);
    assertThat(new VerifiedTokens(elsewhere).verify(old)).isPresent();
    assertThat(new VerifiedTokens(elsewhere).verify(fresh)).isPresent();

    clock.advance(Duration.ofDays(1));
    turns.turn();
    clock.advance(SigningKeys.HELD);
    assertThat(published(keys)).containsExactly(next);
    assertThat(new VerifiedTokens(keys).verify(old)).isEmpty();
    assertThat(new VerifiedTokens(keys).verify(fresh)).isPresent();
  }

  private static String idOf(String token) {
    try {
      return keyOf(token);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anotherServerVerifiesByAKeyThatItHasNotSeenSignYet() throws Exception {
    SigningKeys keys = new SigningKeys(first.keyring, clock);
    SigningKeys elsewhere = new SigningKeys(second.keyring, clock);
    String old = signed(keys, clock);
    assertThat(new VerifiedTokens(elsewhere).verify(old)).isPresent();
    int version =
        Scopes.call(
            SigningKeys.SCOPE, () -> first.keyring.list(SigningKeys.RING).getFirst().version());

    // In a hurry: without having been announced.
    Scopes.run(SigningKeys.SCOPE, () -> first.keyring.rotate(SigningKeys.RING, version));
    clock.advance(SigningKeys.HELD.minusSeconds(1));
    String fresh = signed(new SigningKeys(first.keyring, clock), clock);
    assertThat(keyOf(fresh)).isNotEqualTo(keyOf(old));
    assertThat(new VerifiedTokens(elsewhere).verify(fresh)).isPresent();
  }

  @Test
  void ofManyServersAtOnceOneAnnounces() throws Exception {
    signed(new SigningKeys(first.keyring, clock), clock);
    clock.advance(Duration.ofDays(400));
    List<KeyTurns> all =
        List.of(
            new KeyTurns(first.keyring, clock),
            new KeyTurns(second.keyring, clock),
            new KeyTurns(first.keyring, clock),
            new KeyTurns(second.keyring, clock));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var each :
          threads.invokeAll(all.stream().map(turns -> Executors.callable(turns::turn)).toList())) {
        each.get();
      }
    }
    SigningKeys keys = new SigningKeys(first.keyring, clock);
    assertThat(published(keys)).hasSize(2);
    assertThat(
            Scopes.call(SigningKeys.SCOPE, () -> first.keyring.list(SigningKeys.RING)).stream()
                .map(key -> key.state().name())
                .filter("ANNOUNCED"::equals))
        .hasSize(1);
  }
}
