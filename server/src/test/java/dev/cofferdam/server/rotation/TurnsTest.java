package dev.cofferdam.server.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyState;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.TestKeyring;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import dev.cofferdam.server.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One ring of the platform, while it is turned. */
class TurnsTest {
  private static final Scope KEYRING = new Scope.OfPlatform(new Purpose("keyring"));
  private static final MovableClock CLOCK = new MovableClock(Instant.parse("2031-05-01T10:00:00Z"));

  private static TestDatabase database;
  private static TestKeyring server;
  private static Turns turns;

  @BeforeAll
  static void start() {
    database = TestDatabase.migrated();
    server = new TestKeyring(database, TestKeyring.rootKey(), CLOCK);
    turns = new Turns(server.keyring, CLOCK);
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private static KeyRun run(KeyPurpose purpose, boolean urgent) {
    return new KeyRun(
        UUID.randomUUID(),
        purpose,
        Optional.empty(),
        urgent,
        "It is time.",
        new PersonId(UUID.randomUUID()),
        CLOCK.instant(),
        Optional.empty(),
        0,
        0,
        0,
        0,
        Optional.empty(),
        Optional.empty());
  }

  private static Turns.Came turn(KeyRun run) {
    return Scopes.call(KEYRING, () -> turns.turn(run));
  }

  private static List<KeyState> states(KeyPurpose purpose) {
    return Scopes.call(KEYRING, () -> server.keyring.list(new Ring.OfPlatform(purpose))).stream()
        .map(KeyInfo::state)
        .toList();
  }

  private static void use(KeyPurpose purpose) {
    Scopes.call(KEYRING, () -> server.keyring.active(new Ring.OfPlatform(purpose))).close();
    CLOCK.advance(Duration.ofDays(1));
  }

  @ParameterizedTest
  @CsvSource({"SESSION, PT30S", "ACCESS_TOKEN, PT15M"})
  void aKeyThatOthersVerifyByTakesOverWhenEverybodyHasIt(KeyPurpose purpose, Duration known) {
    use(purpose);
    KeyRun run = run(purpose, false);

    assertThat(turn(run)).isEqualTo(Turns.Came.WAITS);
    assertThat(states(purpose)).containsExactly(KeyState.ANNOUNCED, KeyState.ACTIVE);
    CLOCK.advance(known.minusMillis(1));
    assertThat(turn(run)).isEqualTo(Turns.Came.WAITS);
    CLOCK.advance(Duration.ofMillis(1));
    assertThat(turn(run)).isEqualTo(Turns.Came.TURNED);
    assertThat(states(purpose)).containsExactly(KeyState.ACTIVE, KeyState.VERIFYING_ONLY);

    assertThat(turn(run)).as("a second look turns nothing").isEqualTo(Turns.Came.TURNED);
    assertThat(states(purpose)).hasSize(2);
  }

  @Test
  void inAHurryAKeyTakesOverAtOnce() {
    use(KeyPurpose.CSRF);
    assertThat(turn(run(KeyPurpose.CSRF, true))).isEqualTo(Turns.Came.TURNED);
    assertThat(states(KeyPurpose.CSRF)).containsExactly(KeyState.ACTIVE, KeyState.VERIFYING_ONLY);
  }

  @Test
  void aRingThatNobodyUsedHasNothingToTurn() {
    assertThat(turn(run(KeyPurpose.UPLOAD, false))).isEqualTo(Turns.Came.UNUSED);
    assertThat(states(KeyPurpose.UPLOAD)).isEmpty();
  }

  @Test
  void whatAgedOutIsRetiredAndNothingElse() {
    use(KeyPurpose.DEVICE);
    use(KeyPurpose.BACKUP);
    turn(run(KeyPurpose.DEVICE, true));
    turn(run(KeyPurpose.BACKUP, true));
    Retirements retirements = new Retirements(server.keyring, CLOCK);

    CLOCK.advance(KeyPurpose.DEVICE.verifiesFor().minusMillis(1));
    retirements.retire();
    assertThat(states(KeyPurpose.DEVICE)).containsExactly(KeyState.ACTIVE, KeyState.VERIFYING_ONLY);
    CLOCK.advance(Duration.ofMillis(1));
    retirements.retire();
    assertThat(states(KeyPurpose.DEVICE)).containsExactly(KeyState.ACTIVE, KeyState.RETIRED);

    CLOCK.advance(KeyPurpose.BACKUP.verifiesFor());
    retirements.retire();
    assertThat(states(KeyPurpose.BACKUP))
        .as("what lies sealed is not lost by the passing of time")
        .containsExactly(KeyState.ACTIVE, KeyState.VERIFYING_ONLY);
  }
}
