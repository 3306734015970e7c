package dev.cofferdam.review.agent;

import java.util.regex.Pattern;

/** SQL on rotations by somebody who does not think of servers that die while they hold one. */
public final class HeldForEver {
  private static final Pattern OVER =
      Pattern.compile("\\(held_until is null or held_until <= :now\\)");

  private HeldForEver() {}

  /** Called by woven code with SQL that is about to be prepared. */
  public static String of(String sql) {
    return sql.contains("rotation.run") ? OVER.matcher(sql).replaceAll("held_until is null") : sql;
  }
}
