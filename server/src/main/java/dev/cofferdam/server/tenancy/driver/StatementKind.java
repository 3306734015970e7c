package dev.cofferdam.server.tenancy.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a statement's first words say of it. The server takes one statement in one message (the
 * extended protocol refuses more), so the first words decide; whatever they do not show, such as a
 * setting changed within a function, is not for the application role to do.
 */
enum StatementKind {
  /** Ends with its transaction. */
  PLAIN,
  /** Leaves something behind in the session. */
  LINGERING,
  /** Begins or ends a transaction behind the driver's back. */
  TRANSACTION,
  /** Tells the planner's estimates, which count all tenants' rows. */
  EXPLAIN;

  private static final int WORDS = 6;

  static StatementKind of(String sql) {
    int start = skipBlank(sql, 0);
    // The five verbs of nearly every statement, without taking the text apart.
    if (begins(sql, start, "select")
        || begins(sql, start, "insert")
        || begins(sql, start, "update")
        || begins(sql, start, "delete")
        || begins(sql, start, "with")) {
      return PLAIN;
    }
    List<String> words = firstWords(sql, start);
    return words.isEmpty() ? PLAIN : ofWords(words, sql);
  }

  /** Whether {@code sql} is a COPY. */
  static boolean isCopy(String sql) {
    return begins(sql, skipBlank(sql, 0), "copy");
  }

  private static StatementKind ofWords(List<String> words, String sql) {
    String second = words.size() > 1 ? words.get(1) : "";
    return switch (words.getFirst()) {
      case "explain" -> EXPLAIN;
      case "begin", "start", "commit", "end", "abort" -> TRANSACTION;
      case "rollback" -> second.equals("to") ? PLAIN : TRANSACTION;
      case "prepare" -> second.equals("transaction") ? TRANSACTION : LINGERING;
      case "set" ->
          switch (second) {
            case "local", "transaction", "constraints" -> PLAIN;
            default -> LINGERING;
          };
      case "reset", "listen", "unlisten", "deallocate", "discard", "load", "do" -> LINGERING;
      case "declare" -> sql.toLowerCase(Locale.ROOT).contains("hold") ? LINGERING : PLAIN;
      case "create" -> words.contains("temp") || words.contains("temporary") ? LINGERING : PLAIN;
      default -> PLAIN;
    };
  }

  /** Whether {@code word} stands at {@code start}, and ends there. */
  private static boolean begins(String sql, int start, String word) {
    return sql.regionMatches(true, start, word, 0, word.length())
        && (start + word.length() == sql.length()
            || !isWordPart(sql.charAt(start + word.length())));
  }

  private static List<String> firstWords(String sql, int start) {
    var words = new ArrayList<String>(WORDS);
    int at = start;
    while (words.size() < WORDS && at < sql.length() && isWordPart(sql.charAt(at))) {
      int end = at;
      while (end < sql.length() && isWordPart(sql.charAt(end))) {
        end++;
      }
      words.add(sql.substring(at, end).toLowerCase(Locale.ROOT));
      at = skipBlank(sql, end);
    }
    return words;
  }

  /** What may continue a keyword: with anything else in it, the word is no keyword. */
  private static boolean isWordPart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= '0' && c <= '9';
  }

  /** The index after blanks and comments, which nest in PostgreSQL. */
  private static int skipBlank(String sql, int from) {
    int at = from;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == ' ' || c >= '\t' && c <= '\r') {
        at++;
      } else if (sql.startsWith("--", at)) {
        at = skipLine(sql, at);
      } else if (sql.startsWith("/*", at)) {
        at = skipBlock(sql, at);
      } else {
        return at;
      }
    }
    return at;
  }

  private static int skipLine(String sql, int from) {
    int at = from;
    while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  private static int skipBlock(String sql, int from) {
    int depth = 1;
    int at = from + 2;
    while (at < sql.length() && depth > 0) {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    }
    return at;
  }
}
