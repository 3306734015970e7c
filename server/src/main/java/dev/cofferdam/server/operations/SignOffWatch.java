package dev.cofferdam.server.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/**
 * Compares what runs with what was signed off, at the start and as long as the server runs, and
 * says when that changes. Safe for use by many threads.
 */
public final class SignOffWatch implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(SignOffWatch.class);

  /** Far more than a note with several signatures has. */
  private static final long LARGEST = 64 << 10;

  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private final Running running;
  private final Clock clock;
  private final SignOffSettings settings;
  private Seen seen = new Seen(new Standing.Unsigned(), Instant.EPOCH);
  private volatile boolean started;

  /** What was seen, and when. */
  public record Seen(Standing standing, Instant at) {}

  /** What runs, part by part. */
  public record Parts(
      RunningPart code, RunningPart configuration, RunningPart policies, RunningPart register) {}

  SignOffWatch(SignOffSettings settings, Running running, Clock clock) {
    this.settings = settings;
    this.running = running;
    this.clock = clock;
    scheduler.setVirtualThreads(true);
    scheduler.setThreadNamePrefix("sign-off-");
  }

  /** What was seen last. */
  public synchronized Seen seen() {
    return seen;
  }

  /** What runs at this moment: reads every archive. */
  public Parts parts() {
    return new Parts(
        running.code(), running.configuration(), running.policies(), running.register());
  }

  /** Compares now. */
  synchronized Seen look() {
    Standing before = seen.standing();
    Standing now = compared();
    seen = new Seen(now, clock.instant());
    if (!now.equals(before)) {
      if (now.drifted().isEmpty()) {
        LOG.info("{}", now.told());
      } else {
        LOG.warn("{} See docs/operations/sign-off.md.", now.told());
      }
    }
    return seen;
  }

  private Standing compared() {
    Path file = settings.file();
    if (file == null) {
      return new Standing.Unsigned();
    }
    SignedOff signed;
    try {
      signed = SignedOff.of(read(file), settings.reviewerKey());
    } catch (IOException e) {
      return new Standing.Refused("`" + file + "` cannot be read");
    } catch (IllegalArgumentException e) {
      return new Standing.Refused(String.valueOf(e.getMessage()));
    }
    var drifted = Drift.of(signed, running, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    return drifted.isEmpty() ? new Standing.Current(signed) : new Standing.Stale(signed, drifted);
  }

  private static String read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IllegalArgumentException("`" + file + "` is too large for a signed note");
    }
    return Files.readString(file);
  }

  @Override
  public void start() {
    started = true;
    if (settings.file() != null) {
      scheduler.scheduleWithFixedDelay(this::lookOn, settings.lookEvery());
    }
  }

  private void lookOn() {
    try {
      look();
    } catch (UncheckedIOException e) {
      LOG.error("What runs could not be compared with what was signed off.", e);
    }
  }

  @Override
  public void stop() {
    started = false;
    scheduler.close();
  }

  @Override
  public boolean isRunning() {
    return started;
  }
}
