package dev.cofferdam.server.audit;

import dev.cofferdam.server.audit.store.Head;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The heads as the committer believes them to be: those of its last batch, stored or under way. The
 * database compares, so a wrong belief costs time and nothing else. Of the committer's thread.
 */
final class Heads {
  private static final int MOST = 20_000;

  private final LogStore store;
  private final String name;
  private final Map<LogId, Head> believed = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param name of the platform, with which the names of new logs begin
   */
  Heads(LogStore store, String name) {
    this.store = store;
    this.name = name;
  }

  /** Makes sure that there is a belief about each of these logs. */
  void load(Collection<LogId> logs) {
    List<LogId> unknown = logs.stream().filter(log -> !believed.containsKey(log)).toList();
    if (!unknown.isEmpty()) {
      Map<LogId, Head> stored = store.heads(unknown, false);
      unknown.forEach(log -> believed.put(log, stored.getOrDefault(log, begin(log))));
    }
  }

  Head of(LogId log) {
    Head head = believed.get(log);
    if (head == null) {
      throw new IllegalStateException("the head of `" + log.name() + "` was not loaded");
    }
    return head;
  }

  /** The head of a log that has no records. */
  Head begin(LogId log) {
    return new Head(name + "/" + log.name(), 0, new byte[0], new byte[0]);
  }

  void grown(Collection<Growth> growths) {
    growths.forEach(growth -> believed.put(growth.log(), growth.after()));
    while (believed.size() > MOST) {
      believed.remove(believed.keySet().iterator().next());
    }
  }

  void forget() {
    believed.clear();
  }
}
