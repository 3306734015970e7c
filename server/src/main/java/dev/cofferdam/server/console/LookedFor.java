package dev.cofferdam.server.console;

import dev.cofferdam.server.audit.read.Filter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The form to search the log, as it was filled in.
 *
 * @param from as the browser's field for a date and a time has it, in UTC
 * @param wrong which field nothing can be looked for by, or null
 */
public record LookedFor(
    String actor,
    String action,
    String object,
    String outcome,
    String from,
    String to,
    @Nullable String wrong) {
  private static final Pattern MINUTE = Pattern.compile("[0-9-]{10}T[0-9:]{5}");
  private static final Pattern SECOND = Pattern.compile("[0-9-]{10}T[0-9:]{8}(\\.[0-9]+)?");

  LookedFor wrongAt(String field) {
    return new LookedFor(actor, action, object, outcome, from, to, field);
  }

  /** Whether this field, by its name, is the one that is wrong. */
  public boolean isWrong(String field) {
    return field.equals(wrong);
  }

  /** Whether anything is looked for in particular. */
  public boolean some() {
    return !filter().isEmpty();
  }

  Filter filter() {
    return new Filter(actor, action, object, outcome, utc(from), utc(to));
  }

  /** A browser's field has no seconds where they are none, and no zone. */
  private static String utc(String time) {
    if (MINUTE.matcher(time).matches()) {
      return time + ":00Z";
    }
    return SECOND.matcher(time).matches() ? time + "Z" : time;
  }

  /** For the address of the same search in this console. */
  public String query() {
    return encoded(from, to);
  }

  /** For the address of the same search in the API. */
  public String apiQuery() {
    return encoded(utc(from), utc(to));
  }

  private String encoded(String begin, String end) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("actor", actor);
    fields.put("action", action);
    fields.put("object", object);
    fields.put("outcome", outcome);
    fields.put("from", begin);
    fields.put("to", end);
    return fields.entrySet().stream()
        .filter(field -> !field.getValue().isEmpty())
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
