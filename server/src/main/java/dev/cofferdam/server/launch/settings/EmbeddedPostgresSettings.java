package dev.cofferdam.server.launch.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings {@code cofferdam.postgres.*}: the embedded PostgreSQL.
 *
 * @param port its port on loopback; when absent, a free one is chosen at the first start and kept
 * @param binaries where its executables are unpacked to, so that several data directories can share
 *     them; inside the data directory when absent
 */
@ConfigurationProperties("cofferdam.postgres")
public record EmbeddedPostgresSettings(@Nullable Integer port, @Nullable Path binaries) {
  public EmbeddedPostgresSettings {
    if (port != null && (port < 1 || port > 65_535)) {
      throw new SettingsRefusedException(
          "`cofferdam.postgres.port` is `%d`: a port is 1 to 65535.".formatted(port));
    }
  }
}
