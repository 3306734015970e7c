package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * The files that PostgreSQL runs on, ready to be started.
 *
 * @param fresh whether they were made just now
 */
record Cluster(
    Layout layout, Binaries binaries, Accounts.Choice runAs, Superuser superuser, boolean fresh) {
  private static final int PASSWORD_BYTES = 32;

  /**
   * Makes the cluster or checks the one that is there.
   *
   * @throws PostgresRefusedException if it is of another major version, or cannot be logged in to
   */
  static Cluster ready(Layout layout, Binaries binaries, Accounts.Choice runAs) throws IOException {
    Unfinished.remove(layout);
    boolean fresh = !Files.exists(layout.data());
    if (!fresh) {
      checkVersion(layout, runAs);
    }
    Superuser superuser = new Superuser(layout.password());
    if (fresh) {
      writePassword(layout);
    } else {
      superuser.requirePassword();
    }
    Ownership.settle(layout.password(), runAs.account());
    Cluster cluster = new Cluster(layout, binaries, runAs, superuser, fresh);
    if (fresh) {
      cluster.make();
    }
    cluster.configure(layout.data());
    return cluster;
  }

  private static void checkVersion(Layout layout, Accounts.Choice runAs) throws IOException {
    Path file = layout.data().resolve("PG_VERSION");
    if (!Files.exists(file)) {
      throw new PostgresRefusedException(Trouble.DAMAGED.sentence(layout));
    }
    String found = Files.readString(file).strip();
    if (!found.equals(String.valueOf(runAs.major()))) {
      throw new PostgresRefusedException(
          "The data in `%s` was written by PostgreSQL %s, and this Cofferdam brings PostgreSQL %d: start the Cofferdam that wrote it, or choose another --data directory."
              .formatted(layout.directory(), found, runAs.major()));
    }
  }

  private static void writePassword(Layout layout) throws IOException {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    PrivateFiles.write(layout.password(), password + "\n");
  }

  private void make() throws IOException {
    Path unfinished = layout.unfinishedData(ProcessHandle.current().pid());
    Command.Ended ended =
        Command.run(
            runAs
                .account()
                .running(
                    List.of(
                        binaries.initdb().toString(),
                        "--pgdata=" + unfinished,
                        "--username=" + Superuser.NAME,
                        "--pwfile=" + layout.password(),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--data-checksums",
                        "--no-sync",
                        "--no-instructions")),
            layout.postgres(),
            Duration.ofMinutes(5));
    if (ended.exit() != 0) {
      List<String> lines = ended.output().lines().toList();
      PrivateFiles.deleteTree(unfinished);
      throw new PostgresRefusedException(Trouble.of(lines).explain(layout, lines));
    }
    FileSystemSync.sync(unfinished);
    Files.move(unfinished, layout.data(), StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.sync(layout.postgres());
  }

  private void configure(Path data) throws IOException {
    for (Path written : Configuration.write(data)) {
      Ownership.settle(written, runAs.account());
    }
  }
}
