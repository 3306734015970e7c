package dev.cofferdam.review.web;

import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.List;
import java.util.Optional;

/**
 * Looks for what belongs to somebody else: the canary, which no attack ever writes itself, and the
 * ids of what they have.
 */
public final class Spill {
  private final String canary;
  private final List<String> ids;

  public Spill(String canary, Things things) {
    this.canary = canary;
    this.ids = things.all().filter(id -> id.length() == 36).distinct().toList();
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
    return ids.stream()
        .filter(id -> readable.contains(id) && !asked.contains(id))
        .findFirst()
        .map(id -> "the id " + id);
  }
}
