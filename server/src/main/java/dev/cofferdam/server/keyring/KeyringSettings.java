package dev.cofferdam.server.keyring;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings {@code cofferdam.keyring.*}.
 *
 * @param rootKeyFile the file that holds the root key; {@code root.key} in the data directory when
 *     absent
 */
@ConfigurationProperties("cofferdam.keyring")
public record KeyringSettings(@Nullable Path rootKeyFile) {
  /** The file to read the root key from. */
  public Path rootKeyFile(Path dataDirectory) {
    return rootKeyFile != null ? rootKeyFile : dataDirectory.resolve("root.key");
  }
}
