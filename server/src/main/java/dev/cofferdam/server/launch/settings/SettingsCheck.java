package dev.cofferdam.server.launch.settings;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a setting that nothing reads. A misspelt limit or address that is silently ignored is a
 * control that is silently off.
 */
final class SettingsCheck {
  /** What the launcher script reads; not settings of the server. */
  private static final Set<String> OF_THE_LAUNCHER =
      Set.of("COFFERDAM_JAVA_HOME", "COFFERDAM_JAVA_OPTIONS", "COFFERDAM_BUILD");

  private final KnownSettings known;
  private final RemovedSettings removed;

  SettingsCheck(KnownSettings known, RemovedSettings removed) {
    this.known = known;
    this.removed = removed;
  }

  /**
   * Checks a name that stands in the file or after {@code -D}.
   *
   * @param where for the message, such as {@code cofferdam.yaml, line 3}
   */
  void check(String name, String where) {
    if (name.startsWith("logging.level.")) {
      return;
    }
    if (!name.startsWith("cofferdam.")) {
      throw refused(
          name,
          where,
          "is no setting: at the top stand `cofferdam` and `logging.level`, nothing else",
          null);
    }
    String instead = removed.instead().get(name);
    if (instead != null) {
      throw refused(name, where, "was removed: " + instead, null);
    }
    if (!known.knows(name)) {
      throw refused(
          name,
          where,
          "is no setting",
          known.nearest(name).map(KnownSettings.Setting::name).orElse(null));
    }
  }

  /** Checks the names of all environment variables, of which those of others do not concern us. */
  void checkVariables(Collection<String> variables) {
    for (String variable : variables) {
      if (variable.startsWith("COFFERDAM_")
          && !OF_THE_LAUNCHER.contains(variable)
          && !known.knowsVariable(variable)) {
        throw unknownVariable(variable);
      }
    }
  }

  private SettingsRefusedException unknownVariable(String variable) {
    Optional<String> instead =
        removed.instead().entrySet().stream()
            .filter(
                entry ->
                    new KnownSettings.Setting(entry.getKey(), "", "", null)
                        .variable()
                        .equals(variable))
            .map(entry -> "was removed: " + entry.getValue())
            .findFirst();
    return refused(
        variable,
        "environment",
        instead.orElse("is no setting"),
        instead.isPresent()
            ? null
            : known.nearestVariable(variable).map(KnownSettings.Setting::variable).orElse(null));
  }

  private static SettingsRefusedException refused(
      String name, String where, String what, @Nullable String meant) {
    return new SettingsRefusedException(
        "`%s` (%s) %s.%s"
            .formatted(
                name,
                where,
                what,
                meant == null
                    ? what.endsWith("no setting")
                        ? " All settings are listed in docs/operations/settings.md."
                        : ""
                    : " Did you mean `" + meant + "`?"));
  }
}
