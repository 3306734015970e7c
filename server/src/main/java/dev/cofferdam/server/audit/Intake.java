package dev.cofferdam.server.audit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What waits in memory for the committer, one queue for each log. Bounded in records and in bytes,
 * and no log has more than a quarter of it: who floods one log is refused there, and no other is.
 *
 * <p>Safe for use by many threads.
 */
final class Intake {
  private static final int SHARE = 4;

  private final int mostRecords;
  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  // In the order in which logs are served: one that was served goes to the end.
  private final Map<LogId, Deque<Pending>> queues = new LinkedHashMap<>();
  private int records;
  private long bytes;
  private boolean arrived;
  private boolean poked;

  Intake(int mostRecords, long mostBytes) {
    this.mostRecords = mostRecords;
    this.mostBytes = mostBytes;
  }

  /** Takes a record in; false when there is no room. */
  boolean offer(Pending pending) {
    lock.lock();
    try {
      LogId log = pending.draft().log();
      Deque<Pending> queue = queues.get(log);
      int length = pending.draft().record().length;
      if (records >= mostRecords
          || bytes + length > mostBytes
          || (queue != null && queue.size() >= mostRecords / SHARE)) {
        return false;
      }
      queues.computeIfAbsent(log, key -> new ArrayDeque<>()).addLast(pending);
      records++;
      bytes += length;
      if (!arrived) {
        arrived = true;
        work.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Says that something may wait elsewhere. */
  void poke() {
    lock.lock();
    try {
      poked = true;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it was poked since this was last asked. */
  boolean wasPoked() {
    lock.lock();
    try {
      boolean was = poked;
      poked = false;
      return was;
    } finally {
      lock.unlock();
    }
  }

  /** Returns when something came that {@link #drain} has not seen, or it is poked, or in time. */
  void await(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (!arrived && !poked && left > 0) {
        left = work.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** For how many logs something waits. */
  int logs() {
    lock.lock();
    try {
      return queues.size();
    } finally {
      lock.unlock();
    }
  }

  /** The logs for which something waits. */
  Set<LogId> waiting() {
    lock.lock();
    try {
      return new HashSet<>(queues.keySet());
    } finally {
      lock.unlock();
    }
  }

  int records() {
    lock.lock();
    try {
      return records;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes out at most {@code most} records, in turns: of each log as many as of any other, while it
   * has some. Who has given up waiting is left out.
   *
   * @param ready the logs that can be served now; the others keep their place
   */
  Map<LogId, List<Pending>> drain(int most, Predicate<LogId> ready) {
    lock.lock();
    try {
      arrived = false;
      Map<LogId, List<Pending>> taken = new LinkedHashMap<>();
      List<LogId> turn = queues.keySet().stream().filter(ready).toList();
      int room = most;
      while (room > 0 && !turn.isEmpty()) {
        int each = Math.max(1, room / turn.size());
        for (LogId log : turn) {
          room -= take(log, Math.min(each, room), taken);
        }
        turn = turn.stream().filter(queues::containsKey).toList();
      }
      taken.keySet().forEach(this::toTheEnd);
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private int take(LogId log, int most, Map<LogId, List<Pending>> taken) {
    Deque<Pending> queue = queues.get(log);
    int count = 0;
    while (queue != null && count < most && !queue.isEmpty()) {
      Pending pending = queue.removeFirst();
      records--;
      bytes -= pending.draft().record().length;
      if (!pending.isAbandoned()) {
        taken.computeIfAbsent(log, key -> new ArrayList<>()).add(pending);
        count++;
      }
    }
    if (queue != null && queue.isEmpty()) {
      queues.remove(log);
    }
    return count;
  }

  private void toTheEnd(LogId log) {
    Deque<Pending> queue = queues.remove(log);
    if (queue != null) {
      queues.put(log, queue);
    }
  }

  /** Puts back what was taken out, before everything else of its log. */
  void giveBack(Map<LogId, List<Pending>> taken) {
    lock.lock();
    try {
      taken.forEach(
          (log, list) -> {
            Deque<Pending> queue = queues.computeIfAbsent(log, key -> new ArrayDeque<>());
            for (Pending pending : list.reversed()) {
              if (!pending.draft().fromOutbox() && !pending.isAbandoned()) {
                queue.addFirst(pending);
                records++;
                bytes += pending.draft().record().length;
              }
            }
            if (queue.isEmpty()) {
              queues.remove(log);
            }
          });
    } finally {
      lock.unlock();
    }
  }

  /** Forgets those who have given up waiting, of logs that cannot be served. */
  void sweep() {
    lock.lock();
    try {
      for (Iterator<Deque<Pending>> each = queues.values().iterator(); each.hasNext(); ) {
        Deque<Pending> queue = each.next();
        queue.removeIf(
            pending -> {
              if (pending.isAbandoned()) {
                records--;
                bytes -= pending.draft().record().length;
              }
              return pending.isAbandoned();
            });
        if (queue.isEmpty()) {
          each.remove();
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
