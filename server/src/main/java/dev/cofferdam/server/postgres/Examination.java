package dev.cofferdam.server.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether {@link EmbeddedPostgres#start} could succeed, found out without starting anything or
 * changing any data.
 */
public final class Examination {
  private final PostgresSettings settings;

  public Examination(PostgresSettings settings) {
    this.settings = settings;
  }

  /**
   * What stands in the data directory, as a clause.
   *
   * @throws PostgresRefusedException if a start would refuse it, or another process uses it
   */
  public String data() {
    Layout layout = new Layout(settings.directory());
    try {
      if (!Files.exists(layout.format())) {
        DataDirectory.refuseForeign(layout.directory());
        return "will be made at the first start";
      }
      DataDirectory.prepare(layout.directory());
      if (Files.exists(layout.lock())) {
        DirectoryLock.take(layout).close();
      }
      if (!Files.exists(layout.data())) {
        return "made, without a PostgreSQL so far";
      }
      return Files.exists(layout.postmasterPid())
          ? "existing data, left by a server that was killed: the next start recovers them"
          : "existing data";
    } catch (IOException failure) {
      throw Trouble.of(failure).refusal(layout, failure);
    }
  }

  /**
   * Which PostgreSQL would run and as whom, as a clause. Unpacks the executables into a folder that
   * it removes, unless they are unpacked already.
   *
   * @throws PostgresRefusedException if they do not run here
   */
  public String executables() {
    Layout layout = new Layout(settings.directory());
    Path cache = settings.binaries().orElse(layout.binaries());
    try {
      // A directory to try in: choosing an account may give files away.
      Layout trial = new Layout(Files.createTempDirectory("cofferdam-examination-"));
      try {
        PrivateFiles.createDirectories(trial.postgres());
        return described(trial, Files.isDirectory(cache) ? cache : trial.binaries());
      } finally {
        PrivateFiles.deleteTree(trial.directory());
      }
    } catch (IOException failure) {
      throw Trouble.of(failure).refusal(layout, failure);
    }
  }

  private static String described(Layout layout, Path cache) throws IOException {
    Accounts.Choice choice = Accounts.choose(layout, Binaries.unpacked(cache, line -> {}));
    return choice.version()
        + switch (choice.account()) {
          case Account.Own _ -> ", as user `" + new UnixSystem().getUsername() + "`";
          case Account.Namespace _ -> ", in a user namespace of its own, since this is root";
          case Account.SystemUser(String name, _, _) -> ", as user `" + name + "`";
        };
  }
}
