package dev.cofferdam.review.attack;

import dev.cofferdam.review.wire.Site;

/**
 * A second server on the target's database, in a process of its own.
 *
 * @param site where it is reached over HTTP
 * @param kill ends the process at once, as a power cut does; further calls do nothing
 */
public record Companion(Site site, Runnable kill) implements AutoCloseable {
  @Override
  public void close() {
    kill.run();
  }
}
