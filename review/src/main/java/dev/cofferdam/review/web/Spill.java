package dev.cofferdam.review.web;

import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks for what belongs to somebody else: the canary, which no attack ever writes itself, and the
 * ids of what they have.
 */
public final class Spill {
  private static final int LENGTH = 36;
  private static final int FIRST_DASH = 8;

  private final String canary;

  /** Those that are written as UUIDs are. */
  private final Set<String> ids;

  /** Those that are only as long. */
  private final List<String> others;

  public Spill(String canary, Things things) {
    this.canary = canary;
    Map<Boolean, Set<String>> byForm =
        things
            .all()
            .filter(id -> id.length() == LENGTH)
            .collect(Collectors.partitioningBy(id -> isId(id, 0), Collectors.toSet()));
    this.ids = byForm.getOrDefault(true, Set.of());
    this.others = List.copyOf(byForm.getOrDefault(false, Set.of()));
  }

  private static boolean isId(String text, int from) {
    return from >= 0
        && from + LENGTH <= text.length()
        && text.charAt(from + FIRST_DASH) == '-'
        && text.charAt(from + 13) == '-'
        && text.charAt(from + 18) == '-'
        && text.charAt(from + 23) == '-';
  }

  /**
   * What of it stands in status line, header fields or body.
   *
   * @param ask what was asked: an id that stands in it is no news
   */
  public Optional<String> in(Ask ask, Reply reply) {
    String readable = reply.readable();
    if (readable.contains(canary)) {
      return Optional.of("`" + canary + "`");
    }
    String asked = ask.written();
    return known(readable).filter(id -> !asked.contains(id)).map(id -> "the id " + id).findFirst();
  }

  /** What of it stands in a text: one pass for all ids, of which there are hundreds. */
  private Stream<String> known(String text) {
    return Stream.concat(writtenIn(text), others.stream().filter(text::contains));
  }

  private Stream<String> writtenIn(String text) {
    return IntStream.iterate(
            text.indexOf('-'), dash -> dash >= 0, dash -> text.indexOf('-', dash + 1))
        .map(dash -> dash - FIRST_DASH)
        .filter(from -> isId(text, from))
        .mapToObj(from -> text.substring(from, from + LENGTH))
        .filter(ids::contains);
  }
}
