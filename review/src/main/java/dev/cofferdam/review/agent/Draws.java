package dev.cofferdam.review.agent;

import java.time.Duration;

/** Buckets that are never used up. */
public final class Draws {
  private static final String DRAW = "dev.cofferdam.server.limits.Buckets$Draw";

  /** The budget over all classes, as the table of limits calls it. */
  private static final String OVER_ALL = "all";

  private Draws() {}

  /** Called by woven code with the arguments of a draw and what came of it. */
  public static Object letIn(String layer, Object[] given, Object draw) {
    // There are draws of another kind, which only turn one form into another.
    if (given.length != 3) {
      return draw;
    }
    boolean budget = Reflected.call(given[0], "limit").equals(OVER_ALL);
    return budget == layer.equals(Seams.BUDGET)
        ? Reflected.make(Reflected.type(DRAW), true, 1L, Duration.ZERO, Duration.ZERO)
        : draw;
  }
}
