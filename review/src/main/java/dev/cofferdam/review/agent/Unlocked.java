package dev.cofferdam.review.agent;

import java.util.regex.Pattern;

/** SQL on memberships by somebody who does not think of what happens at the same time. */
public final class Unlocked {
  private static final Pattern LOCK = Pattern.compile("\\s+for update\\b");

  private Unlocked() {}

  /** Called by woven code with SQL that is about to be prepared. */
  public static String of(String sql) {
    return sql.contains("identity.membership") ? LOCK.matcher(sql).replaceAll("") : sql;
  }
}
