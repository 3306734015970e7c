package dev.cofferdam.server.launch.settings;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The setting {@code cofferdam.data}.
 *
 * @param data the directory for everything that this server keeps: the embedded PostgreSQL, the
 *     root key, the logs
 */
@ConfigurationProperties("cofferdam")
public record DataSettings(@DefaultValue(".cofferdam") Path data) {
  public DataSettings {
    data = data.toAbsolutePath().normalize();
  }
}
