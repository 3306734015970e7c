package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PacingTest {
  private long now = Long.MAX_VALUE - 1_000; // A clock of nanoseconds may run over.
  private int waiting;
  private int comeInEachPause;
  private Duration paused = Duration.ZERO;

  private final Pacing pacing = new Pacing(() -> waiting, () -> now, this::pass);

  private void pass(Duration time) {
    paused = paused.plus(time);
    now += time.toNanos();
    waiting += comeInEachPause;
  }

  @Test
  void whoeverComesFirstIsTakenAtOnce() throws InterruptedException {
    waiting = 1;
    pacing.await();
    assertThat(paused).isZero();
  }

  @Test
  void whereFewCameNobodyIsKept() throws InterruptedException {
    pacing.taken(Pacing.MANY - 1);
    waiting = 1;
    comeInEachPause = 1;
    pacing.await();
    assertThat(paused).isZero();
  }

  @Test
  void whereManyComeTheyGatherForAWindow() throws InterruptedException {
    pacing.taken(Pacing.MANY);
    comeInEachPause = 5;
    pacing.await();
    assertThat(paused).isEqualTo(Pacing.WINDOW);
  }

  @Test
  void theWindowBeginsWithTheLastTaking() throws InterruptedException {
    pacing.taken(Pacing.MANY);
    now += Pacing.WINDOW.minusMillis(1).toNanos();
    comeInEachPause = 5;
    pacing.await();
    assertThat(paused).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void aLullEndsIt() throws InterruptedException {
    pacing.taken(50);
    waiting = Pacing.ENOUGH - 1;
    pacing.await();
    assertThat(paused).isEqualTo(Pacing.LULL);
  }

  @Test
  void enoughEndsIt() throws InterruptedException {
    pacing.taken(50);
    comeInEachPause = Pacing.ENOUGH / 2;
    pacing.await();
    assertThat(paused).isEqualTo(Pacing.LULL.multipliedBy(2));
    pacing.await();
    assertThat(paused).isEqualTo(Pacing.LULL.multipliedBy(2));
  }

  @Test
  void besideWhatIsBeingStoredItEndsWithThat() throws InterruptedException {
    pacing.taken(Pacing.MANY);
    assertThat(pacing.awaitBeside(CompletableFuture.completedFuture(""))).isFalse();
    assertThat(pacing.awaitBeside(CompletableFuture.failedFuture(new IOException()))).isFalse();
  }

  @Test
  void besideWhatIsBeingStoredItEndsWithTheWindow() throws InterruptedException {
    pacing.taken(Pacing.MANY);
    now += Pacing.WINDOW.toNanos();
    assertThat(pacing.awaitBeside(new CompletableFuture<>())).isTrue();
  }

  @Test
  void besideWhatIsBeingStoredItEndsWhenEnoughWait() throws InterruptedException {
    pacing.taken(Pacing.MANY);
    waiting = Pacing.ENOUGH;
    assertThat(pacing.awaitBeside(new CompletableFuture<>())).isTrue();
  }
}
