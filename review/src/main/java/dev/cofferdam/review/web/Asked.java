package dev.cofferdam.review.web;

import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;

/**
 * A request that was made, and what came of it.
 *
 * @param who in words
 */
public record Asked(String who, Route route, Ask ask, Reply reply) {

  /** In a line that a reviewer can judge. */
  public String told() {
    return who + " asked " + ask + " and met " + reply.brief();
  }
}
