package dev.cofferdam.server.launch;

import ch.qos.logback.classic.Level;
import dev.cofferdam.server.launch.settings.SettingsRefusedException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much each logger may say. Libraries write at their lower levels what passes through them:
 * header fields, bodies, parameters of statements. So debugging is for our own loggers, and what
 * would let clients write into the log is off for good.
 *
 * @param levels by name of the logger
 */
record LogLevels(Map<String, Level> levels) {
  private static final Map<String, Level> NAMES =
      Map.of(
          "off", Level.OFF,
          "error", Level.ERROR,
          "warn", Level.WARN,
          "info", Level.INFO,
          "debug", Level.DEBUG,
          "trace", Level.TRACE);

  /**
   * INVARIANT: at no level that can be set, a credential gets into the log. By the beginnings of
   * loggers' names, the lowest level that they have; the longest beginning counts.
   */
  private static final Map<String, Level> LOWEST = lowest();

  private static Map<String, Level> lowest() {
    Map<String, Level> lowest = new LinkedHashMap<>();
    lowest.put("", Level.INFO);
    lowest.put("dev.cofferdam.", Level.TRACE);
    // At INFO the container quotes the header field that it could not read.
    lowest.put("org.apache.", Level.WARN);
    // These write a line, with the path in it, for each request that is refused.
    lowest.put("org.springframework.web.servlet.PageNotFound.", Level.OFF);
    lowest.put(
        "org.springframework.web.servlet.mvc.support.DefaultHandlerExceptionResolver.", Level.OFF);
    return lowest;
  }

  /** What holds unless the operator says otherwise. */
  static LogLevels usual() {
    return new LogLevels(
        Map.of(
            "root", Level.INFO,
            "org.apache", Level.WARN,
            "org.flywaydb", Level.WARN,
            "org.springframework.web.servlet.PageNotFound", Level.OFF,
            "org.springframework.web.servlet.mvc.support.DefaultHandlerExceptionResolver",
                Level.OFF));
  }

  /**
   * What the operator says.
   *
   * @throws SettingsRefusedException for a word that is no level, and for one that says too much
   */
  static LogLevels of(Map<String, String> settings) {
    Map<String, Level> levels = new TreeMap<>();
    settings.forEach((name, word) -> levels.put(name, level(name, word)));
    return new LogLevels(levels);
  }

  private static Level level(String name, String word) {
    Level level = NAMES.get(word.toLowerCase(Locale.ROOT));
    if (level == null) {
      throw new SettingsRefusedException(
          "`logging.level.%s` is no level: write `error`, `warn`, `info`, `debug`, `trace` or `off`."
              .formatted(name));
    }
    Level lowest = lowest(name);
    if (!level.isGreaterOrEqual(lowest)) {
      throw new SettingsRefusedException(
          "`logging.level.%s` cannot be `%s`: it would write what clients send, credentials too. It is `%s` or higher; `debug` and `trace` are for `dev.cofferdam` and below."
              .formatted(name, word, lowest.toString().toLowerCase(Locale.ROOT)));
    }
    return level;
  }

  private static Level lowest(String name) {
    Level lowest = Level.OFF;
    int longest = -1;
    for (Map.Entry<String, Level> entry : LOWEST.entrySet()) {
      if ((name + ".").startsWith(entry.getKey()) && entry.getKey().length() > longest) {
        longest = entry.getKey().length();
        lowest = entry.getValue();
      }
    }
    return lowest;
  }
}
