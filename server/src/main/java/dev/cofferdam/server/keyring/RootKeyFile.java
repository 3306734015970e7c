package dev.cofferdam.server.keyring;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.keyring.RootKey.IfAbsent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * The file of the root key: one line, {@code cofferdam-root-key-1} and the key in base64url. The
 * version stands first, so that a later form can never be mistaken for this one.
 */
final class RootKeyFile extends RootKeySource {
  private static final SecretAccess ACCESS = SecretAccess.issue();

  RootKeyFile(Path file) {
    super(file);
  }

  @Override
  public String described() {
    return "`" + file() + "`";
  }

  @Override
  public Optional<String> rewrap() {
    return Optional.empty();
  }

  @Override
  SecretBytes read(IfAbsent ifAbsent) {
    try {
      if (!Files.exists(file(), NOFOLLOW_LINKS)) {
        switch (ifAbsent) {
          case CREATE -> create();
          case REFUSE ->
              throw refusal(
                  "does not exist, and without it nothing that this platform has sealed can be"
                      + " opened. Restore it from its backup");
        }
      }
      new Ownership(file(), "the root key file", "cofferdam.keyring.root-key-file").check();
      return key(OwnFile.content(file()));
    } catch (NoSuchFileException e) {
      throw refusal("cannot be made: `" + e.getFile() + "` does not exist. Create the directory");
    } catch (IOException e) {
      throw new KeyringRefusedException(
          message("cannot be read: " + e.getClass().getSimpleName() + ". Check the file"), e);
    }
  }

  private SecretBytes key(byte[] content) {
    try {
      return switch (RootKeyText.parse(content)) {
        case RootKeyText.Sound sound -> sound.secret();
        case RootKeyText.Unsound unsound -> throw refusal(unsound.why());
      };
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private void create() throws IOException {
    try (SecretBytes secret = SecretBytes.random(RootKey.LENGTH, new SecureRandom())) {
      new NewFile(file()).make(secret.lend(ACCESS, RootKeyText::format));
    }
  }

  private KeyringRefusedException refusal(String why) {
    return new KeyringRefusedException(message(why));
  }

  private String message(String why) {
    return "the root key file `"
        + file()
        + "` "
        + why
        + ", or name another file in cofferdam.keyring.root-key-file.";
  }
}
