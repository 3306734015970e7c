package dev.cofferdam.server.keyring;

import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.keyring.RootKey.IfAbsent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a root key comes from: a file, or a file with the key as it is wrapped under a key of an
 * OpenBao or Vault (docs/adr/0094). Whatever it comes from, it is in memory while a server runs.
 */
public abstract sealed class RootKeySource permits RootKeyFile, WrappedRootKey {
  private final Path file;

  RootKeySource(Path file) {
    this.file = file.toAbsolutePath().normalize();
  }

  /**
   * Which of both the settings say.
   *
   * @throws KeyringRefusedException when they say both
   */
  public static RootKeySource of(
      KeyringSettings settings, TransitSettings transit, Path dataDirectory) {
    if (transit.address() == null) {
      return new RootKeyFile(settings.rootKeyFile(dataDirectory));
    }
    if (settings.rootKeyFile() != null) {
      throw new KeyringRefusedException(
          "Both cofferdam.keyring.root-key-file and cofferdam.keyring.transit.address are set, and"
              + " the root key comes from one place: remove either.");
    }
    return new WrappedRootKey(transit.wrappedRootKeyFile(dataDirectory), transit);
  }

  /** The file that a start needs; of a wrapped key it is no secret. */
  public final Path file() {
    return file;
  }

  /** Whether there is one. It may be unsound, or not to be had now. */
  public final boolean isThere() {
    return Files.exists(file);
  }

  /** In words, for whoever looks at a server: where it lies, and how. */
  public abstract String described();

  /**
   * Wraps the same root key under the newest version of the key that it is wrapped under.
   *
   * @return that version; empty where it is not wrapped
   */
  public abstract Optional<String> rewrap();

  /**
   * The key.
   *
   * @throws KeyringRefusedException when it is absent and not to be made, is not sound, or cannot
   *     be had
   */
  abstract SecretBytes read(IfAbsent ifAbsent);
}
