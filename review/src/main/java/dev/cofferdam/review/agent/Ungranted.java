package dev.cofferdam.review.agent;

import java.util.regex.Pattern;

/** SQL for a node's reading of a secret by somebody who leaves it to the policies alone. */
public final class Ungranted {
  private static final Pattern CONDITION =
      Pattern.compile("greatest\\(f\\.direct, f\\.through_group\\) > 0");

  private Ungranted() {}

  /** Called by woven code with SQL that is about to be prepared. */
  public static String of(String sql) {
    return CONDITION.matcher(sql).replaceAll("true");
  }
}
