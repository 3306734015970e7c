package dev.cofferdam.server.launch.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * What the server is configured by, and nothing else: the command line, then {@code -D}, then the
 * environment, then the file. Only names that begin with {@code cofferdam.} get in (and log levels,
 * not from the environment), so that no variable of the host and no stray file can switch the
 * framework to something else.
 */
public final class SettingsEnvironment extends StandardEnvironment {
  private static final Path USUAL_FILE = Path.of("cofferdam.yaml");

  @Override
  protected void customizePropertySources(MutablePropertySources sources) {
    // Not those of the superclass: the whole environment and all system properties.
  }

  /**
   * Reads and checks everything.
   *
   * @param file the file named on the command line; if null, {@code cofferdam.yaml} of the working
   *     directory where there is one
   * @param options what the command line set, by name of the setting
   * @throws SettingsRefusedException if the file cannot be read or a name is not known
   */
  public static SettingsEnvironment of(@Nullable Path file, Map<String, Object> options) {
    return of(file, options, System.getProperties(), System.getenv(), KnownSettings.ofServer());
  }

  static SettingsEnvironment of(
      @Nullable Path file,
      Map<String, Object> options,
      Properties properties,
      Map<String, String> variables,
      KnownSettings known) {
    SettingsCheck check = new SettingsCheck(known, RemovedSettings.ofServer());
    SettingsEnvironment environment = new SettingsEnvironment();
    MutablePropertySources sources = environment.getPropertySources();
    sources.addLast(new MapPropertySource("command line", options));
    sources.addLast(new MapPropertySource("-D", ofUs(properties, check)));
    check.checkVariables(variables.keySet());
    // By this name Spring tells that the names in it are those of variables.
    sources.addLast(
        new SystemEnvironmentPropertySource(
            SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, ofUs(variables)));
    Path used = file != null ? file : Files.exists(USUAL_FILE) ? USUAL_FILE : null;
    if (used != null) {
      sources.addLast(new SettingsFile(used).read(check));
    }
    return environment;
  }

  private static Map<String, Object> ofUs(Properties properties, SettingsCheck check) {
    Map<String, Object> ours = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith("cofferdam.") || name.startsWith("logging.level.")) {
        check.check(name, "-D");
        ours.put(name, properties.getProperty(name));
      }
    }
    return ours;
  }

  private static Map<String, Object> ofUs(Map<String, String> variables) {
    Map<String, Object> ours = new HashMap<>();
    variables.forEach(
        (name, value) -> {
          if (name.startsWith("COFFERDAM_")) {
            ours.put(name, value);
          }
        });
    return ours;
  }
}
