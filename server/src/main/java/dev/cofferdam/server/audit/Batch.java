package dev.cofferdam.server.audit;

import dev.cofferdam.server.surface.RecordId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Records that go into their logs together.
 *
 * @param taken what goes into each log, in that order, by the order of the logs
 * @param growths what comes of it, in the same order; empty until it is computed
 */
record Batch(Map<LogId, List<Pending>> taken, List<Growth> growths) {
  static final Batch EMPTY = new Batch(Map.of(), List.of());

  Batch {
    taken = new TreeMap<>(taken);
    growths = List.copyOf(growths);
  }

  boolean isEmpty() {
    return taken.isEmpty();
  }

  int records() {
    return taken.values().stream().mapToInt(List::size).sum();
  }

  List<Draft> drafts() {
    List<Draft> drafts = new ArrayList<>();
    forEach(pending -> drafts.add(pending.draft()));
    return drafts;
  }

  void forEach(Consumer<Pending> each) {
    taken.values().forEach(list -> list.forEach(each));
  }

  /** What goes into these logs, and what goes into others; not computed. */
  List<Batch> parted(Set<LogId> logs) {
    Map<LogId, List<Pending>> inside = new TreeMap<>(taken);
    inside.keySet().retainAll(logs);
    Map<LogId, List<Pending>> outside = new TreeMap<>(taken);
    outside.keySet().removeAll(logs);
    return List.of(new Batch(inside, List.of()), new Batch(outside, List.of()));
  }

  /** The same records but these, not computed. */
  Batch without(Set<RecordId> standing) {
    Map<LogId, List<Pending>> rest = new TreeMap<>();
    taken.forEach(
        (log, list) -> {
          List<Pending> missing =
              list.stream().filter(pending -> !standing.contains(pending.draft().id())).toList();
          if (!missing.isEmpty()) {
            rest.put(log, missing);
          }
        });
    return new Batch(rest, List.of());
  }
}
