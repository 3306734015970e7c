package dev.cofferdam.server.launch;

import dev.cofferdam.server.launch.settings.SettingsEnvironment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a command line sets settings; each stands for the setting that it names. */
final class SettingsOptions {
  @Option(names = "--config", paramLabel = "FILE")
  private @Nullable Path config;

  @Option(names = "--data", paramLabel = "DIR")
  private @Nullable Path data;

  @Option(names = "--port", paramLabel = "N")
  private @Nullable Integer port;

  @Option(names = "--management-port", paramLabel = "N")
  private @Nullable Integer managementPort;

  @Option(names = "--database-url", paramLabel = "URL")
  private @Nullable String databaseUrl;

  /** The settings of the command line, the environment and the file. */
  SettingsEnvironment environment() {
    Map<String, Object> options = new HashMap<>();
    set(options, "cofferdam.data", data);
    set(options, "cofferdam.http.port", port);
    set(options, "cofferdam.management.port", managementPort);
    set(options, "cofferdam.database.url", databaseUrl);
    return SettingsEnvironment.of(config, options);
  }

  private static void set(Map<String, Object> options, String name, @Nullable Object value) {
    if (value != null) {
      options.put(name, value.toString());
    }
  }
}
