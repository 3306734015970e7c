package dev.cofferdam.server.keyring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.keyring.RootKey.IfAbsent;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A root key that lies wrapped under a transit key of an OpenBao or Vault. Its file is one line:
 * {@code cofferdam-wrapped-root-key-1}, the public id of the root key, and what the transit engine
 * made of it, which names the version of its key. Without the key service the line is nothing, and
 * it opens only as the root key of that id.
 */
final class WrappedRootKey extends RootKeySource {
  private static final SecretAccess ACCESS = SecretAccess.issue();
  private static final String HEADER = "cofferdam-wrapped-root-key-1";
  private static final Pattern LINE = Pattern.compile(HEADER + " ([0-9a-f]{16}) (\\S{1,3000})\n?");

  private final TransitSettings settings;

  WrappedRootKey(Path file, TransitSettings settings) {
    super(file);
    this.settings = settings;
  }

  private record Line(String id, String ciphertext) {
    byte[] bytes() {
      return (HEADER + " " + id + " " + ciphertext + "\n").getBytes(US_ASCII);
    }
  }

  @Override
  public String described() {
    return "`%s`, wrapped by `%s` of %s".formatted(file(), settings.keyName(), settings.address());
  }

  @Override
  SecretBytes read(IfAbsent ifAbsent) {
    try (Transit transit = new Transit(settings)) {
      if (!isThere()) {
        switch (ifAbsent) {
          case CREATE -> create(transit);
          case REFUSE ->
              throw refusal(
                  "does not exist, and without it nothing that this platform has sealed can be"
                      + " opened. Restore it from its backup");
        }
      }
      return unwrapped(transit, line());
    } catch (NoSuchFileException e) {
      throw refusal("cannot be made: `" + e.getFile() + "` does not exist. Create the directory");
    } catch (IOException e) {
      throw new KeyringRefusedException(
          message("cannot be read: " + e.getClass().getSimpleName() + ". Check the file"), e);
    }
  }

  /**
   * The engine's own {@code rewrap} would do, but for the associated data, which it does not take.
   */
  @Override
  public Optional<String> rewrap() {
    try (Transit transit = new Transit(settings)) {
      Line line = line();
      try (SecretBytes secret = unwrapped(transit, line)) {
        Line anew = new Line(line.id(), transit.encrypt(secret, associated(line.id())));
        new NewFile(file()).replace(anew.bytes());
        return Optional.of(Transit.keyVersion(anew.ciphertext()));
      }
    } catch (IOException e) {
      throw new KeyringRefusedException(
          message("cannot be replaced: " + e.getClass().getSimpleName() + ". Check the file"), e);
    }
  }

  private void create(Transit transit) throws IOException {
    try (SecretBytes secret = SecretBytes.random(RootKey.LENGTH, new SecureRandom())) {
      String id = RootKey.id(secret);
      new NewFile(file()).make(new Line(id, transit.encrypt(secret, associated(id))).bytes());
    }
  }

  private Line line() throws IOException {
    new Ownership(file(), "the wrapped root key", "cofferdam.keyring.transit.wrapped-root-key-file")
        .check();
    Matcher line = LINE.matcher(new String(OwnFile.content(file()), US_ASCII));
    if (!line.matches() || !Transit.isCiphertext(line.group(2))) {
      throw refusal("does not hold a wrapped root key of this version. Restore it from its backup");
    }
    return new Line(line.group(1), line.group(2));
  }

  private SecretBytes unwrapped(Transit transit, Line line) {
    SecretBytes secret = transit.decrypt(line.ciphertext(), associated(line.id()));
    boolean sound =
        secret.length() == RootKey.LENGTH
            && RootKey.id(secret).equals(line.id())
            && secret.lend(ACCESS, bytes -> WeakKeys.weakness(bytes).isEmpty());
    if (!sound) {
      secret.close();
      throw refusal(
          "holds something else than the root key that it names. Restore it from its backup");
    }
    return secret;
  }

  private static byte[] associated(String id) {
    return ("cofferdam/1/root-key/" + id).getBytes(US_ASCII);
  }

  private KeyringRefusedException refusal(String why) {
    return new KeyringRefusedException(message(why));
  }

  private String message(String why) {
    return "the wrapped root key `"
        + file()
        + "` "
        + why
        + ", or name another file in cofferdam.keyring.transit.wrapped-root-key-file.";
  }
}
