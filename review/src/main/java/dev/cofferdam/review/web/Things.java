package dev.cofferdam.review.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a tenant of the laboratory has, by kind: the ids of its groups, projects, persons, sessions
 * and of itself. The first of a kind is for attacks that only look; whoever takes one away takes
 * the last.
 */
public record Things(Map<String, List<String>> ids) {
  public Things {
    ids = Map.copyOf(ids);
  }

  /**
   * The ids of a kind.
   *
   * @throws IllegalStateException when the laboratory planted none
   */
  public List<String> of(String kind) {
    List<String> found = ids.getOrDefault(kind, List.of());
    if (found.isEmpty()) {
      throw new IllegalStateException("the laboratory planted no " + kind);
    }
    return found;
  }

  /** Whether there is one of a kind. */
  public boolean has(String kind) {
    return !ids.getOrDefault(kind, List.of()).isEmpty();
  }

  /** The first of a kind; of one that there is none of, an id that is nobody's. */
  public String firstOrMissing(String kind) {
    return has(kind) ? first(kind) : UUID.randomUUID().toString();
  }

  /** The first of a kind. */
  public String first(String kind) {
    return of(kind).getFirst();
  }

  /** Every id there is. */
  public Stream<String> all() {
    return ids.values().stream().flatMap(List::stream);
  }
}
