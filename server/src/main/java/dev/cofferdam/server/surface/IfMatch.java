package dev.cofferdam.server.surface;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * On which versions a change may be made. A handler that takes one as parameter is not reached
 * without the header field: 428. {@code *} is refused: it would say that no version was read.
 */
public record IfMatch(List<ETag> tags) {
  private static final int MOST = 10;
  private static final Pattern TAG =
      Pattern.compile("\\G[ \\t]*\"([\\x21\\x23-\\x7e]{1,64})\"[ \\t]*(?:,|$)");

  public IfMatch {
    tags = List.copyOf(tags);
  }

  public boolean matches(ETag current) {
    return tags.contains(current);
  }

  /** Reads the header field; empty when it is not a list of strong entity tags. */
  public static Optional<IfMatch> ofHeader(String field) {
    List<ETag> tags = new ArrayList<>();
    Matcher matcher = TAG.matcher(field);
    int end = 0;
    while (end < field.length() && tags.size() < MOST && matcher.find()) {
      tags.add(new ETag(matcher.group(1)));
      end = matcher.end();
    }
    boolean whole = end == field.length() && !field.stripTrailing().endsWith(",");
    return whole && !tags.isEmpty() ? Optional.of(new IfMatch(tags)) : Optional.empty();
  }
}
