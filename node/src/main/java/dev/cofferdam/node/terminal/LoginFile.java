package dev.cofferdam.node.terminal;

import dev.cofferdam.node.DurableFile;
import dev.cofferdam.node.client.UnusableHomeException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where a login lies: a file that its owner alone may read. One command at a time has it, since
 * what renews a login is good once: of two that used it, the server would take one for a thief.
 */
final class LoginFile {
  private static final String HEADER = "cofferdam-login-1";
  private static final int LINES = 8;

  // A lock on a file is the whole process'.
  private static final ReentrantLock ALONE = new ReentrantLock();

  private final Path file;

  LoginFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** Where somebody has it who says nothing else. */
  static Path usual(Map<String, String> environment, Path home) {
    String said = environment.getOrDefault("COFFERDAM_LOGIN", "");
    if (!said.isEmpty()) {
      return Path.of(said);
    }
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    // The specification has a relative one ignored.
    return (config.startsWith("/") ? Path.of(config) : home.resolve(".config"))
        .resolve("cofferdam")
        .resolve("login");
  }

  Path path() {
    return file;
  }

  /** What is done while no other command has the login. */
  @FunctionalInterface
  interface Work<T> {
    T run(Held held) throws IOException;
  }

  /** Does it when those who have it are done. */
  <T> T alone(Work<T> work) throws IOException {
    Path folder = Objects.requireNonNull(file.getParent());
    if (!Files.exists(folder)) {
      Files.createDirectories(folder, mode("rwx------"));
    }
    Path lock = folder.resolve(file.getFileName() + ".lock");
    ALONE.lock();
    try (FileChannel channel =
            FileChannel.open(
                lock,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                mode("rw-------"));
        var _ = channel.lock()) {
      return work.run(new Held());
    } finally {
      ALONE.unlock();
    }
  }

  private static FileAttribute<?> mode(String rights) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
  }

  /** The file, for whoever has it alone. */
  final class Held {
    private Held() {}

    /**
     * The login; empty when there is none.
     *
     * @throws UnusableHomeException when others can read it, or it is none; the message says what
     *     to do
     */
    Optional<Login> read() throws IOException {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      if (Files.getPosixFilePermissions(file).stream()
          .anyMatch(right -> !right.name().startsWith("OWNER_"))) {
        throw new UnusableHomeException(
            "Others may read the login in `%s`: log out on the page `Programs`, and log in again after `rm %s`."
                .formatted(file, file));
      }
      List<String> lines = Files.readAllLines(file);
      try {
        if (lines.size() != LINES || !lines.getFirst().equals(HEADER)) {
          throw new IllegalArgumentException("not what `cofferdam login` wrote");
        }
        return Optional.of(
            new Login(
                new Endpoints(URI.create(lines.get(1)), lines.get(2), lines.get(3), lines.get(4)),
                lines.get(5),
                lines.get(6),
                Instant.parse(lines.get(7))));
      } catch (IllegalArgumentException | DateTimeException e) {
        throw new UnusableHomeException(
            "`%s` is not what `cofferdam login` wrote: remove it, and log in again."
                .formatted(file),
            e);
      }
    }

    void write(Login login) throws IOException {
      DurableFile.write(
          file,
          String.join(
              "\n",
              HEADER,
              login.server().toString(),
              login.at().deviceEndpoint(),
              login.at().tokenEndpoint(),
              login.at().revocationEndpoint(),
              login.refreshToken(),
              login.accessToken(),
              login.until().toString(),
              ""));
    }

    void remove() throws IOException {
      Files.deleteIfExists(file);
    }
  }
}
