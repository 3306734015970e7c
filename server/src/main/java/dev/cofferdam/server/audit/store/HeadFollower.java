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
  private final int atOnce;
  private final Follow follow;
  private final Map<LogId, Long> reached = new ConcurrentHashMap<>();
  private volatile boolean running;
  private volatile @Nullable Thread thread;

  /** What is done about logs that have grown. */
  @FunctionalInterface
  public interface Follow {
    /**
     * Follows some of them, and returns the size that each came to. Less than what is committed, or
     * an exception: it is tried again in the next round.
     */
    Map<LogId, Long> to(List<AllLogs.Committed> grown) throws Exception;
  }

  /** What is done about one log that has grown, whatever becomes of the others. */
  @FunctionalInterface
  public interface FollowOne {
    /** As {@link Follow#to}. */
    long to(AllLogs.Committed committed) throws Exception;
  }

  private HeadFollower(String name, AllLogs logs, Duration every, int atOnce, Follow follow) {
    this.name = name;
    this.logs = logs;
    this.every = every;
    this.atOnce = atOnce;
    this.follow = follow;
  }

  /**
   * Follows several logs at a time.
   *
   * @param name of the thread
   * @param every the pause between two rounds
   * @param atOnce the most logs
   */
  public static HeadFollower ofSeveral(
      String name, AllLogs logs, Duration every, int atOnce, Follow follow) {
    return new HeadFollower(name, logs, every, atOnce, follow);
  }

  /**
   * Follows one log after the other.
   *
   * @param name of the thread
   * @param every the pause between two rounds
   */
  public static HeadFollower ofEach(String name, AllLogs logs, Duration every, FollowOne follow) {
    return new HeadFollower(
        name, logs, every, 1, grown -> Map.of(grown.getFirst().log(), follow.to(grown.getFirst())));
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
      List<AllLogs.Committed> grown = page.stream().filter(this::hasGrown).toList();
      for (int at = 0; at < grown.size(); at += atOnce) {
        follow(grown.subList(at, Math.min(at + atOnce, grown.size())));
      }
      page = logs.page(page.getLast().log());
    }
  }

  private boolean hasGrown(AllLogs.Committed committed) {
    return !Long.valueOf(committed.head().size()).equals(reached.get(committed.log()));
  }

  private void follow(List<AllLogs.Committed> grown) throws InterruptedException {
    try {
      reached.putAll(follow.to(grown));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      if (grown.size() > 1) {
        // One log that cannot be followed holds up none of the others.
        for (AllLogs.Committed committed : grown) {
          follow(List.of(committed));
        }
        return;
      }
      reached.remove(grown.getFirst().log());
      LOG.warn("{} could not follow `{}`: {}", name, grown.getFirst().log().name(), e.getMessage());
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
