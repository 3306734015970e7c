package dev.cofferdam.review.agent;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a server holds that forgets nothing, or says too much. Thread-safe. */
public final class Hoarded {
  private static final List<Object> KEPT = new CopyOnWriteArrayList<>();

  private Hoarded() {}

  /** Called by woven code: a cache that nobody meant to be one. */
  public static void keep(Object given) {
    KEPT.add(given instanceof byte[] bytes ? bytes.clone() : given);
  }

  /** Called by woven code: a line that somebody wrote to find a mistake. */
  public static void log(Object given) {
    Object logger =
        Reflected.callStatic(Reflected.type("org.slf4j.LoggerFactory"), "getLogger", "laboratory");
    Reflected.call(logger, "warn", "somebody came with " + given);
  }

  /** Nothing of it is left for the next attack. */
  static void forget() {
    KEPT.clear();
  }
}
