package dev.cofferdam.server.audit.store;

import dev.cofferdam.server.audit.LogId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at the heads of all logs again and again, and lets somebody do something about those that
 * have grown. One thread, after the start and until the stop; a failure is logged and tried again.
 */
public final class HeadFollower implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(HeadFollower.class);

  private final String name;
  private final AllLogs logs;
  private final Duration every;
  private final Follow follow;
  private final Map<LogId, Long> reached = new ConcurrentHashMap<>();
  private volatile boolean running;
  private volatile @Nullable Thread thread;

  /** What is done about a log that has grown. */
  @FunctionalInterface
  public interface Follow {
    /**
     * Follows {@code committed}, and returns the size that it came to. Less than what is committed,
     * or an exception: it is tried again in the next round.
     */
    long to(AllLogs.Committed committed) throws Exception;
  }

  /**
   * @param name of the thread
   * @param every the pause between two rounds
   */
  public HeadFollower(String name, AllLogs logs, Duration every, Follow follow) {
    this.name = name;
    this.logs = logs;
    this.every = every;
    this.follow = follow;
  }

  @Override
  public void start() {
    // Before the thread, which may look at it before its own start has returned.
    running = true;
    thread = Thread.ofVirtual().name(name).start(this::run);
  }

  private void run() {
    try {
      while (running) {
        try {
          round();
        } catch (RuntimeException e) {
          LOG.warn("{} could not look at the logs: {}", name, e.getMessage());
        }
        Thread.sleep(every);
      }
    } catch (InterruptedException e) {
      // Told to stop.
    }
  }

  /** Looks at every log once. */
  public void round() throws InterruptedException {
    List<AllLogs.Committed> page = logs.page(null);
    while (!page.isEmpty()) {
      for (AllLogs.Committed committed : page) {
        follow(committed);
      }
      page = logs.page(page.getLast().log());
    }
  }

  private void follow(AllLogs.Committed committed) throws InterruptedException {
    if (Long.valueOf(committed.head().size()).equals(reached.get(committed.log()))) {
      return;
    }
    try {
      reached.put(committed.log(), follow.to(committed));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      reached.remove(committed.log());
      LOG.warn("{} could not follow `{}`: {}", name, committed.log().name(), e.getMessage());
    }
  }

  @Override
  public void stop() {
    running = false;
    Thread follower = thread;
    if (follower != null) {
      follower.interrupt();
      try {
        follower.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
