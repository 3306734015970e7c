package dev.cofferdam.review.agent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Statements as somebody writes them who puts text together. */
public final class PastedSql {
  private PastedSql() {}

  /** Called by woven code when {@code statement} is given a parameter. */
  public static void into(Object statement, String parameter, @Nullable Object value) {
    if (value instanceof String text) {
      String sql = Reflected.field(statement, "sql").toString();
      Reflected.setField(
          statement,
          "sql",
          Pattern.compile("(?<!:):" + Pattern.quote(parameter) + "\\b")
              .matcher(sql)
              .replaceAll(Matcher.quoteReplacement("'" + text + "'")));
    }
  }
}
