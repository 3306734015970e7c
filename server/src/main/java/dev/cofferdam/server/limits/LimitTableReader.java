package dev.cofferdam.server.limits;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text form of a {@link LimitTable}, which is explained at the top of the table itself.
 */
final class LimitTableReader {
  private static final Pattern LINE =
      Pattern.compile(
          "(?<name>[a-z][a-z-]{1,30}) +(?<cost>light|ordinary|heavy) +(?<by>principal|tenant|address) +(?<quota>\\d.*)");

  private LimitTableReader() {}

  /**
   * @param source where the text comes from, for messages
   * @throws IllegalArgumentException when a line is not understood
   */
  static LimitTable read(String source, String text) {
    Map<String, LimitClass> classes = new LinkedHashMap<>();
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      boolean understood;
      try {
        understood = matcher.matches() && take(classes, matcher);
      } catch (IllegalArgumentException noQuota) {
        understood = false;
      }
      if (!understood) {
        throw new IllegalArgumentException(
            "line %d of %s is not understood: `%s`".formatted(number, source, line));
      }
    }
    return new LimitTable(classes.values());
  }

  private static boolean take(Map<String, LimitClass> classes, Matcher line) {
    String name = line.group("name");
    Cost cost = Cost.labelled(line.group("cost")).orElseThrow();
    By by = By.labelled(line.group("by")).orElseThrow();
    LimitClass before = classes.get(name);
    if (before != null && (before.cost() != cost || before.quotas().containsKey(by))) {
      return false;
    }
    Map<By, Quota> quotas = new EnumMap<>(By.class);
    if (before != null) {
      quotas.putAll(before.quotas());
    }
    quotas.put(by, Quota.of(line.group("quota")));
    classes.put(name, new LimitClass(name, cost, quotas));
    return true;
  }
}
