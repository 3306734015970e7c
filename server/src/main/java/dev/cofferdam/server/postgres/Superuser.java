package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The login that installs roles and rights at start; nothing that runs later may use it. Its
 * password stays in its file: kept here it would lie in memory for as long as the server runs.
 */
public final class Superuser {
  static final String NAME = "postgres";

  private final Path file;

  Superuser(Path file) {
    this.file = file;
  }

  public String name() {
    return NAME;
  }

  /**
   * Read anew each time.
   *
   * @throws PostgresRefusedException if its file is missing or empty, or others can read it
   */
  public String password() {
    try {
      if (!Files.exists(file)) {
        throw new PostgresRefusedException(
            "`%s` is missing, and without it nobody can log in to the data beside it: restore it from a backup."
                .formatted(file));
      }
      if (PrivateFiles.readableByOthers(file)) {
        throw new PostgresRefusedException(
            "The database password in `%s` can be read by other users: run `chmod 600 %s`."
                .formatted(file, file));
      }
      String password = Files.readString(file).strip();
      if (password.isEmpty()) {
        throw new PostgresRefusedException(
            "`%s` is empty, and without the password nobody can log in to the data beside it: restore it from a backup."
                .formatted(file));
      }
      return password;
    } catch (IOException e) {
      throw new PostgresRefusedException(
          "The database password in `%s` cannot be read.".formatted(file), e);
    }
  }

  /** Looks whether it is there at a start, while somebody waits who can heal it. */
  void requirePassword() {
    password();
  }

  @Override
  public String toString() {
    return "Superuser[" + NAME + "]";
  }
}
