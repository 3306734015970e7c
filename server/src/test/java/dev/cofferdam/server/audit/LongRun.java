package dev.cofferdam.server.audit;

import java.time.Duration;

/** Tells whoever waits for a long run how far it has come: `./cofferdam test` passes it on. */
final class LongRun {
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final String what;
  private final long all;
  private final long begin = System.nanoTime();
  private long told = begin;

  /** Of so many of what is counted. */
  LongRun(String what, long all) {
    this.what = what;
    this.all = all;
  }

  /** So many are done. Not for several threads. */
  void at(long done) {
    long now = System.nanoTime();
    if (now - told >= EVERY.toNanos()) {
      told = now;
      say(
          "%,d of %,d %s after %d s"
              .formatted(done, all, what, Duration.ofNanos(now - begin).toSeconds()));
    }
  }

  /** A line that is passed on. */
  static void say(String line) {
    System.out.println("progress: " + line);
  }
}
