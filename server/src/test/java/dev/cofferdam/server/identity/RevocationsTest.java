package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.identity.Revocations.Revoked;
import dev.cofferdam.server.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a server follows the sequence, with a clock that stands and looks that the test makes. */
class RevocationsTest {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final UUID somebody = UUID.randomUUID();
  private final List<Revoked> table = new ArrayList<>();
  private OffsetDateTime madeAt = OffsetDateTime.parse("2026-11-22T12:00:00Z");
  private long head = 7;
  private boolean away;
  private final Revocations revocations = new Revocations(this::after, clock);

  private List<Revoked> after(long known) {
    if (away) {
      throw new IllegalStateException("the database is away");
    }
    return Stream.concat(
            Stream.of(new Revoked(head, null, madeAt)),
            table.stream().filter(one -> one.number() >= known))
        .toList();
  }

  private void revoke(UUID subject) {
    madeAt = madeAt.plusNanos(1_000);
    table.add(new Revoked(++head, subject, madeAt));
  }

  /** Another database stands in the place of the one before. */
  private void restore(long number) {
    table.clear();
    head = number;
    revoke(UUID.randomUUID());
  }

  @BeforeEach
  void somethingWasRevoked() {
    revoke(UUID.randomUUID());
  }

  @Test
  void nothingHoldsBeforeTheFirstLook() {
    assertThat(revocations.holds(somebody, revocations.number())).isFalse();
    revocations.follow();
    assertThat(revocations.holds(somebody, revocations.number())).isTrue();
  }

  @Test
  void whatWasReadBeforeARevocationHoldsNoMoreAndWhatIsReadAfterDoes() {
    revocations.follow();
    long before = revocations.number();
    revoke(somebody);
    assertThat(revocations.holds(somebody, before)).as("not looked yet").isTrue();
    revocations.follow();
    assertThat(revocations.holds(somebody, before)).isFalse();
    assertThat(revocations.holds(UUID.randomUUID(), before)).isTrue();
    assertThat(revocations.holds(somebody, revocations.number())).isTrue();
  }

  @Test
  void nothingHoldsWhenTheLastLookIsOlderThanASecondOrTheClockWentBack() {
    revocations.follow();
    long number = revocations.number();
    clock.advance(Revocations.FRESHNESS);
    assertThat(revocations.holds(somebody, number)).isTrue();
    clock.advance(Duration.ofNanos(1));
    assertThat(revocations.holds(somebody, number)).isFalse();
    away = true;
    assertThatThrownBy(revocations::follow).hasMessage("the database is away");
    assertThat(revocations.holds(somebody, number)).isFalse();
    away = false;
    revocations.follow();
    assertThat(revocations.holds(somebody, number)).isTrue();
    clock.advance(Duration.ofSeconds(-1));
    assertThat(revocations.holds(somebody, number)).isFalse();
  }

  @Test
  void nothingReadBeforeHoldsWhenRevocationsWereSweptMeanwhile() {
    revocations.follow();
    long before = revocations.number();
    revoke(UUID.randomUUID());
    revoke(UUID.randomUUID());
    table.remove(1);
    revocations.follow();
    assertThat(revocations.holds(somebody, before)).isFalse();
    assertThat(revocations.holds(somebody, revocations.number())).isTrue();
  }

  @Test
  void nothingReadBeforeHoldsWhenTheDatabaseIsAnOlderOneThanBefore() {
    restore(100);
    revocations.follow();
    long before = revocations.number();
    restore(40);
    revocations.follow();
    assertThat(revocations.holds(somebody, before)).isFalse();
    long after = revocations.number();
    assertThat(revocations.holds(somebody, after)).isTrue();
    revoke(somebody);
    revocations.follow();
    assertThat(revocations.holds(somebody, after)).isFalse();
    assertThat(revocations.holds(UUID.randomUUID(), after)).isTrue();
  }

  @Test
  void norWhenAnOlderOneHasComeToTheSameNumberOrBeyond() {
    for (int beyond = 0; beyond < 3; beyond++) {
      restore(100);
      revocations.follow();
      long before = revocations.number();
      restore(98);
      revoke(somebody);
      for (int more = 0; more < 1 + beyond; more++) {
        revoke(UUID.randomUUID());
      }
      revocations.follow();
      assertThat(revocations.holds(somebody, before)).as("%s beyond", beyond).isFalse();
      assertThat(revocations.holds(somebody, revocations.number())).isTrue();
    }
  }

  @Test
  void nothingReadBeforeHoldsWhenTheNewestThatWasSeenWasSwept() {
    revocations.follow();
    long before = revocations.number();
    table.clear();
    revocations.follow();
    assertThat(revocations.holds(somebody, before)).as("nothing was revoked").isTrue();
    revoke(UUID.randomUUID());
    revocations.follow();
    assertThat(revocations.holds(somebody, before)).isFalse();
  }
}
