package dev.cofferdam.server.audit.check;

import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.store.AllLogs;
import dev.cofferdam.server.audit.store.HeadFollower;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes records searchable as they come. Nobody waits for it, and appending does not wait beside
 * it: short transactions, and after each a rest.
 */
final class SearchFilling implements HeadFollower.Follow {
  /** The most logs at once. */
  static final int LOGS = 50;

  private static final int ROWS = 1_000;
  private static final int TIMES = 20;

  /** How much longer it rests than it worked. */
  private static final int REST = 4;

  private final AllLogs logs;

  SearchFilling(AllLogs logs) {
    this.logs = logs;
  }

  @Override
  public Map<LogId, Long> to(List<AllLogs.Committed> grown) throws InterruptedException {
    Map<LogId, Long> reached = new HashMap<>();
    grown.forEach(committed -> reached.put(committed.log(), committed.head().size()));
    Collection<LogId> left = List.copyOf(reached.keySet());
    for (int time = 0; time < TIMES && !left.isEmpty(); time++) {
      long begin = System.nanoTime();
      left = logs.makeSearchable(left, ROWS / left.size()).keySet();
      Thread.sleep(Duration.ofNanos(System.nanoTime() - begin).multipliedBy(REST));
    }
    // The rest in the next round; a search does not wait for it.
    left.forEach(log -> reached.put(log, -1L));
    return reached;
  }
}
