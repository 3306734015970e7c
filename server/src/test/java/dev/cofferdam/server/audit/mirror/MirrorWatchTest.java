package dev.cofferdam.server.audit.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.tenancy.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorWatchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final LogId LOG = new LogId.OfTenant(new TenantId(UUID.randomUUID()));
  private static final LogId OTHER = new LogId.OfTenant(new TenantId(UUID.randomUUID()));

  // Negative for a while, as System.nanoTime may be.
  private final AtomicLong nanos = new AtomicLong(-Duration.ofSeconds(5).toNanos());
  private final MirrorWatch watch = new MirrorWatch(PATIENCE, nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aMirrorThatHasNotBeenSeenSinceTheStartIsAwayWhenThePatienceEnds() {
    pass(PATIENCE);
    assertThat(watch.isAway(LOG)).isFalse();
    assertThat(watch.away()).isEqualTo(PATIENCE);

    pass(Duration.ofNanos(1));
    assertThat(watch.isAway(LOG)).isTrue();
    assertThat(watch.isAway(LogId.PLATFORM)).isTrue();

    watch.seen();
    assertThat(watch.isAway(LOG)).isFalse();
    assertThat(watch.away()).isZero();
  }

  @Test
  void aLogThatCannotBeMirroredIsAwayFromTheFirstFailureOnAndNoOtherIs() {
    watch.failed(LOG);
    pass(Duration.ofSeconds(6));
    watch.failed(LOG);
    watch.seen();
    pass(Duration.ofSeconds(6));
    watch.seen();
    assertThat(watch.isAway(LOG)).isTrue();
    assertThat(watch.isAway(OTHER)).isFalse();
    assertThat(watch.away()).isEqualTo(Duration.ofSeconds(12));

    watch.agrees(LOG);
    assertThat(watch.isAway(LOG)).isFalse();
  }

  @Test
  void aLogOfWhichTheMirrorTellsSomethingElseIsAwayAtOnce() {
    watch.disagrees(LOG);
    assertThat(watch.isAway(LOG)).isTrue();
    assertThat(watch.isAway(OTHER)).isFalse();

    watch.agrees(LOG);
    assertThat(watch.isAway(LOG)).isFalse();
  }

  @Test
  void aMirrorWithoutThePlatformsLogIsAwayFromAllLogs() {
    watch.disagrees(LogId.PLATFORM);
    assertThat(watch.isAway(LOG)).isTrue();

    watch.agrees(LogId.PLATFORM);
    assertThat(watch.isAway(LOG)).isFalse();
  }

  @Test
  void aServerWithoutAMirrorWaitsForNone() {
    MirrorWatch none = new MirrorWatch(null, nanos::get);
    pass(Duration.ofDays(300));
    assertThat(none.isAway(LOG)).isFalse();
  }

  /** However long a log takes, such as one that is mirrored for the first time. */
  @Test
  void aMirrorThatGoesOnTakingIsNotAway(@TempDir Path folder) throws IOException {
    WatchedStore store = new WatchedStore(new MirrorDirectory(folder), watch);
    for (int tile = 0; tile < 5; tile++) {
      pass(Duration.ofSeconds(9));
      store.put("platform/tile/" + tile, null, new byte[32]);
      assertThat(watch.away()).isZero();
    }
    // What is there already shows nothing of the next write.
    pass(Duration.ofSeconds(9));
    assertThat(store.put("platform/tile/0", null, new byte[1])).isFalse();
    assertThat(watch.away()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void aMirrorIsTriedOutWithoutATrace(@TempDir Path folder) throws IOException {
    Path root = Files.createDirectory(folder.resolve("mirror"));
    WatchedStore store = new WatchedStore(new MirrorDirectory(root), watch);
    pass(PATIENCE);
    store.tryOut();
    assertThat(watch.away()).isZero();
    assertThat(root).isEmptyDirectory();

    Files.delete(root);
    pass(PATIENCE);
    assertThatThrownBy(store::tryOut).isInstanceOf(NoSuchFileException.class);
    assertThat(watch.away()).isEqualTo(PATIENCE);
    assertThat(root).doesNotExist();
  }

  @Test
  void patienceIsForSeveralRounds() {
    assertThatCode(() -> settings(Duration.ofSeconds(1), Duration.ofSeconds(3)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> settings(Duration.ofSeconds(1), Duration.ofMillis(2_999)))
        .hasMessageContaining("at least three times");
    assertThatThrownBy(() -> settings(Duration.ofMillis(100), Duration.ofMillis(999)))
        .hasMessageContaining("between 1s and 3h");
    assertThatThrownBy(() -> settings(Duration.ofMillis(100), Duration.ofHours(4)))
        .hasMessageContaining("between 1s and 3h");
  }

  private static MirrorSettings settings(Duration every, Duration patience) {
    return new MirrorSettings(null, every, patience, false);
  }
}
