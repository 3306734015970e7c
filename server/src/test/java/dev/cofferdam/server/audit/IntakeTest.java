package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private final LogId one = log();
  private final LogId other = log();
  private final Intake intake = new Intake(100, 10_000);

  private static LogId log() {
    return new LogId.OfTenant(new TenantId(UUID.randomUUID()));
  }

  private static Pending pending(LogId log) {
    return new Pending(new Draft(log, new RecordId(UUID.randomUUID()), new byte[10], false));
  }

  @Test
  void whoFloodsOneLogIsRefusedThereAndNowhereElse() {
    for (int i = 0; i < 1000; i++) {
      intake.offer(pending(one));
    }
    assertThat(intake.records()).isEqualTo(25);
    assertThat(intake.offer(pending(one))).isFalse();
    assertThat(intake.offer(pending(other))).isTrue();

    Map<LogId, List<Pending>> taken = intake.drain(2, log -> true);
    assertThat(taken.get(other)).hasSize(1);
    assertThat(taken.get(one)).hasSize(1);
  }

  @Test
  void itIsBoundedInRecordsAndInBytes() {
    for (int i = 0; i < 1000; i++) {
      intake.offer(pending(log()));
    }
    assertThat(intake.records()).isEqualTo(100);

    Intake small = new Intake(100, 25);
    assertThat(small.offer(pending(one))).isTrue();
    assertThat(small.offer(pending(other))).isTrue();
    assertThat(small.offer(pending(one))).isFalse();
    small.drain(1, log -> true);
    assertThat(small.offer(pending(one))).isTrue();
  }

  @Test
  void aLogThatIsNotReadyKeepsItsPlaceAndHoldsUpNoOther() {
    Pending first = pending(one);
    intake.offer(first);
    intake.offer(pending(other));

    assertThat(intake.drain(10, other::equals)).containsOnlyKeys(other);
    assertThat(intake.drain(10, log -> true)).containsEntry(one, List.of(first));
  }

  @Test
  void whatIsGivenBackComesFirst() {
    Pending first = pending(one);
    intake.offer(first);
    Map<LogId, List<Pending>> taken = intake.drain(10, log -> true);
    Pending second = pending(one);
    intake.offer(second);

    intake.giveBack(taken);

    assertThat(intake.drain(10, log -> true)).containsEntry(one, List.of(first, second));
    assertThat(intake.records()).isZero();
  }

  @Test
  void whoGaveUpIsForgotten() {
    Pending pending = pending(one);
    intake.offer(pending);
    assertThat(pending.await(Duration.ofMillis(1))).isEmpty();

    intake.sweep();

    assertThat(intake.records()).isZero();
    assertThat(intake.logs()).isZero();
  }
}
