package dev.cofferdam.server.audit.mirror;

import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.store.AllLogs;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the mirror of every log up with it, and knows how each stands. What diverges or is missing
 * stays as it is, for somebody to look at.
 */
public final class Mirroring {
  private static final Logger LOG = LoggerFactory.getLogger(Mirroring.class);

  private final LogMirror mirror;
  private final MirrorWatch watch;
  private final AllLogs logs;
  private final Clock clock;
  private final boolean beginAgain;
  private final Map<LogId, MirrorState> troubled = new ConcurrentHashMap<>();
  private final Map<LogId, Instant> behindSince = new ConcurrentHashMap<>();

  /**
   * @param mirror on a {@link WatchedStore} of this watch
   * @param beginAgain whether a log whose mirror is missing is mirrored anew
   */
  public Mirroring(
      LogMirror mirror,
      MirrorWatch watch,
      AllLogs logs,
      Clock clock,
      boolean beginAgain,
      MeterRegistry registry) {
    this.mirror = mirror;
    this.watch = watch;
    this.logs = logs;
    this.clock = clock;
    this.beginAgain = beginAgain;
    registry.gauge("audit.mirror.diverging", this, it -> it.count(MirrorState.Diverging.class));
    registry.gauge("audit.mirror.missing", this, it -> it.count(MirrorState.Missing.class));
    registry.gauge("audit.mirror.behind.seconds", this, it -> it.behind().toMillis() / 1000.0);
    registry.gauge("audit.mirror.away.seconds", watch, it -> it.away().toMillis() / 1000.0);
    registry.gauge("audit.mirror.patience.seconds", watch, it -> it.patience().toMillis() / 1000.0);
  }

  /** Brings the mirror of one log up to it; gives the size that it has come to. */
  public long follow(AllLogs.Committed committed) throws IOException {
    LogId log = committed.log();
    behindSince.putIfAbsent(log, clock.instant());
    return switch (advanced(committed)) {
      case MirrorState.Current(long size) -> {
        behindSince.remove(log);
        troubled.remove(log);
        watch.agrees(log);
        if (size > committed.mirrored()) {
          logs.noteMirrored(Map.of(log, size));
        }
        // A log that does not grow is cosigned later, when the witness answers again. The
        // platform's is looked at in each round, so that a mirror is missed while nothing happens.
        yield mirror.isCosigned(log) && !log.equals(LogId.PLATFORM) ? size : -1;
      }
      case MirrorState.Behind(long size, long size2) -> size;
      case MirrorState.Missing missing -> trouble(log, missing);
      case MirrorState.Diverging diverging -> trouble(log, diverging);
    };
  }

  private MirrorState advanced(AllLogs.Committed committed) throws IOException {
    LogId log = committed.log();
    boolean done = false;
    try {
      MirrorState state = mirror.advance(committed);
      if (beginAgain && state instanceof MirrorState.Missing) {
        state = mirror.advance(new AllLogs.Committed(log, committed.head(), 0));
      }
      if (log.equals(LogId.PLATFORM) && state instanceof MirrorState.Current) {
        mirror.tryOut();
      }
      done = true;
      return state;
    } finally {
      if (!done) {
        watch.failed(log);
      }
    }
  }

  private long trouble(LogId log, MirrorState state) {
    watch.disagrees(log);
    if (!state.equals(troubled.put(log, state))) {
      LOG.error("The mirror of `{}` is left as it is: {}", log.name(), state);
    }
    return -1;
  }

  /** The logs whose mirrors are missing or diverge. */
  public Map<LogId, MirrorState> troubled() {
    return Map.copyOf(troubled);
  }

  /** Since when the log that has waited longest has had records that are not mirrored. */
  public Duration behind() {
    Instant now = clock.instant();
    return behindSince.values().stream()
        .min(Instant::compareTo)
        .map(since -> Duration.between(since, now))
        .orElse(Duration.ZERO);
  }

  private double count(Class<? extends MirrorState> kind) {
    return troubled.values().stream().filter(kind::isInstance).count();
  }
}
