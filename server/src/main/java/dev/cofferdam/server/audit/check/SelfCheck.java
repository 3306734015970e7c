package dev.cofferdam.server.audit.check;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Appended;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Receipted;
import dev.cofferdam.server.audit.mirror.MirrorStore;
import dev.cofferdam.server.audit.store.AllLogs;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at every log, once after the start and then again and again. What it finds turns readiness
 * red until it is gone, and is recorded once in the platform's log.
 */
public final class SelfCheck implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(SelfCheck.class);
  private static final Actor MYSELF = new Actor.OfPlatform("audit");

  private final AllLogs logs;
  private final LogCheck check;
  private final @Nullable MirrorStore store;
  private final AuditLog records;
  private final Clock clock;
  private final Duration every;
  private final Map<LogId, Finding> found = new ConcurrentHashMap<>();
  private final Set<Finding> recorded = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Instant completed;
  private volatile boolean running;
  private volatile @Nullable Thread thread;

  /**
   * @param store the mirror, or null when there is none
   * @param every the pause between two rounds
   */
  public SelfCheck(
      AllLogs logs,
      LogCheck check,
      @Nullable MirrorStore store,
      AuditLog records,
      Clock clock,
      Duration every,
      MeterRegistry registry) {
    this.logs = logs;
    this.check = check;
    this.store = store;
    this.records = records;
    this.clock = clock;
    this.every = every;
    registry.gauge("audit.divergence", found, Map::size);
    registry.gauge("audit.check.age.seconds", this, SelfCheck::age);
  }

  /** What was wrong when it was last looked at: one finding a log. */
  public List<Finding> findings() {
    return List.copyOf(found.values());
  }

  /** When every log had last been looked at, or null before. */
  public @Nullable Instant completed() {
    return completed;
  }

  /**
   * Looks at every log now.
   *
   * @throws IOException when the mirror cannot be read; what was found so far stays found
   */
  public List<Finding> round() throws IOException {
    Set<LogId> there = new HashSet<>();
    Map<LogId, Finding> now = new HashMap<>();
    List<AllLogs.Committed> page = logs.page(null);
    while (!page.isEmpty()) {
      for (AllLogs.Committed committed : page) {
        there.add(committed.log());
        check.look(committed).ifPresent(finding -> now.put(finding.log(), finding));
      }
      page = logs.page(page.getLast().log());
    }
    for (LogId mirrored : mirrored()) {
      // Looked at after the logs: a log is mirrored when it is there.
      if (!there.contains(mirrored) && logs.head(mirrored).isEmpty()) {
        now.put(
            mirrored,
            new Finding(
                mirrored,
                Finding.Kind.LOG_MISSING,
                0,
                "the mirror has a log that the database has not: it was rolled back"));
      }
    }
    found.keySet().retainAll(now.keySet());
    found.putAll(now);
    recorded.retainAll(now.values());
    now.values().forEach(this::report);
    completed = clock.instant();
    return List.copyOf(now.values());
  }

  private List<LogId> mirrored() throws IOException {
    List<LogId> mirrored = new ArrayList<>();
    if (store != null) {
      if (store.list("").contains(LogId.PLATFORM.name())) {
        mirrored.add(LogId.PLATFORM);
      }
      for (String tenant : store.list("tenant")) {
        LogId.ofName("tenant/" + tenant).ifPresent(mirrored::add);
      }
    }
    return mirrored;
  }

  private void report(Finding finding) {
    if (!recorded.add(finding)) {
      return;
    }
    LOG.error(
        "The log `{}` diverges from index {} on: {}",
        finding.log().name(),
        finding.first(),
        finding.what());
    Entry entry =
        Entry.done(LogId.PLATFORM, MYSELF, "audit.divergence_found")
            .on("log", finding.log().name())
            .with("kind", finding.kind().word())
            .with("first_index", Long.toString(finding.first()));
    switch (records.append(entry)) {
      case Receipted receipted -> {}
      // The next round tries again.
      case Appended.Unavailable unavailable -> recorded.remove(finding);
    }
  }

  private double age() {
    Instant last = completed;
    return last == null ? Double.NaN : Duration.between(last, clock.instant()).toMillis() / 1000.0;
  }

  @Override
  public void start() {
    // Before the thread, which may look at it before its own start has returned.
    running = true;
    thread = Thread.ofVirtual().name("audit-check").start(this::run);
  }

  private void run() {
    try {
      while (running) {
        try {
          round();
        } catch (IOException | RuntimeException e) {
          LOG.warn("The logs could not be checked: {}", e.getMessage());
        }
        Thread.sleep(every);
      }
    } catch (InterruptedException e) {
      // Told to stop.
    }
  }

  @Override
  public void stop() {
    running = false;
    Thread checker = thread;
    if (checker != null) {
      checker.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
