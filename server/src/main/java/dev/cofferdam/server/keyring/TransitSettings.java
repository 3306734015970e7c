package dev.cofferdam.server.keyring;

import dev.cofferdam.server.egress.Origin;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.keyring.transit.*}: an OpenBao or Vault under whose key the root
 * key is wrapped, instead of lying in a file as it is.
 *
 * @param address such as {@code https://bao.internal:8200}; the root key is a file without one
 * @param mount of its transit engine
 * @param keyName of the key there, which is of a type that binds associated data: {@code
 *     aes256-gcm96} or {@code chacha20-poly1305}
 * @param tokenFile a file with a token, which its owner alone may read; it is renewed before it
 *     ends
 * @param wrappedRootKeyFile the file that holds the wrapped root key; {@code root.wrapped} in the
 *     data directory when absent
 * @param trustedRoots a PEM file of authorities that are trusted beside those of the JDK
 */
@ConfigurationProperties("cofferdam.keyring.transit")
public record TransitSettings(
    @Nullable URI address,
    @DefaultValue("transit") String mount,
    @DefaultValue("cofferdam") String keyName,
    @Nullable Path tokenFile,
    @Nullable Path wrappedRootKeyFile,
    @Nullable Path trustedRoots) {
  private static final String PREFIX = "cofferdam.keyring.transit.";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  public TransitSettings {
    requireName("key-name", keyName);
    for (String part : mount.split("/", -1)) {
      requireName("mount", part);
    }
    if (address != null) {
      Origin.required(PREFIX + "address", address);
      requireEncrypted(address);
      if (tokenFile == null) {
        throw new IllegalArgumentException(
            PREFIX
                + "address is set: name the file with a token for it in "
                + PREFIX
                + "token-file");
      }
    } else if (Stream.of(tokenFile, wrappedRootKeyFile, trustedRoots)
        .anyMatch(file -> file != null)) {
      throw new IllegalArgumentException(
          PREFIX + "address is not set, and other settings beside it are: set it, or remove those");
    }
  }

  /** INVARIANT: what leaves this machine is encrypted, and whoever gets it is verified. */
  private static void requireEncrypted(URI address) {
    if (!Origin.isEncryptedOrHere(address)) {
      throw new IllegalArgumentException(
          PREFIX
              + "address must begin with `https://`; with `http://` it is for this machine alone");
    }
  }

  private static void requireName(String setting, String value) {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          PREFIX + setting + " is of letters, digits, `_`, `.` and `-`, not `" + value + "`");
    }
  }

  /** The file to read the wrapped root key from. */
  public Path wrappedRootKeyFile(Path dataDirectory) {
    return wrappedRootKeyFile != null ? wrappedRootKeyFile : dataDirectory.resolve("root.wrapped");
  }
}
