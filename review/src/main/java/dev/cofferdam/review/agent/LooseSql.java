package dev.cofferdam.review.agent;

import java.util.regex.Pattern;

/** Statements as somebody writes them who trusts that the database shows a tenant's rows alone. */
public final class LooseSql {
  // The parameter stays, since it is given anyway.
  private static final Pattern CONDITION = Pattern.compile("\\b(?:\\w+\\.)?tenant_id = :tenant\\b");

  private LooseSql() {}

  /**
   * Called by woven code with SQL that is about to be prepared. The tenant's own row, by which it
   * is let in, and its log are left alone: to look for the one of something without saying whose is
   * no carelessness.
   */
  public static String of(String sql) {
    return sql.contains("tenancy.tenant ") || sql.contains(" audit.")
        ? sql
        : CONDITION.matcher(sql).replaceAll("(:tenant)::uuid is not null");
  }
}
