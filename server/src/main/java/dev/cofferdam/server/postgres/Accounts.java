package dev.cofferdam.server.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the account under which the executables run here, by running them. */
final class Accounts {
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");
  private static final List<String> SYSTEM_USERS = List.of("postgres", "nobody");

  /**
   * What was found.
   *
   * @param version as the executables print it, such as {@code 18.6}
   * @param major its first number
   */
  record Choice(Account account, String version, int major) {}

  private Accounts() {}

  /**
   * The first account under which the executables run: as root a user namespace, where these are
   * not permitted a system user; else one's own. The files under {@code postgres/} are that
   * account's afterwards.
   *
   * @throws PostgresRefusedException if there is none
   */
  static Choice choose(Layout layout, Binaries binaries) throws IOException {
    List<String> refusals = new ArrayList<>();
    for (Account account : candidates()) {
      // Tried on nothing first, as giving the files away is not to be done in vain.
      Command.Ended ended = tryOut(account, List.of("true"), layout);
      if (ended.exit() == 0) {
        Ownership.settle(layout, account);
        ended = tryOut(account, List.of(binaries.postgres().toString(), "--version"), layout);
        Matcher version = VERSION.matcher(ended.output());
        if (ended.exit() == 0 && version.find()) {
          return new Choice(account, version.group(1), Integer.parseInt(version.group(2)));
        }
      }
      refusals.add(ended.output().strip().replaceAll("\\s+", " "));
    }
    throw new PostgresRefusedException(
        "PostgreSQL's executables do not run here (%s). %s"
            .formatted(
                String.join("; ", refusals),
                new UnixSystem().getUid() == 0
                    ? "Start Cofferdam as an ordinary user, choose a --data directory that every user may pass through, or use an external PostgreSQL 18."
                    : "They need a Linux with glibc 2.27 or newer, or macOS; else use an external PostgreSQL 18."));
  }

  private static List<Account> candidates() throws IOException {
    if (new UnixSystem().getUid() != 0) {
      return List.of(new Account.Own());
    }
    List<Account> candidates = new ArrayList<>();
    candidates.add(new Account.Namespace());
    for (String name : SYSTEM_USERS) {
      systemUser(name).ifPresent(candidates::add);
    }
    return candidates;
  }

  private static Optional<Account> systemUser(String name) throws IOException {
    try (var users = Files.lines(Path.of("/etc/passwd"))) {
      return users
          .map(line -> line.split(":", -1))
          .filter(fields -> fields.length > 3 && fields[0].equals(name) && !fields[2].equals("0"))
          .<Account>map(
              fields ->
                  new Account.SystemUser(
                      name, Integer.parseInt(fields[2]), Integer.parseInt(fields[3])))
          .findFirst();
    }
  }

  private static Command.Ended tryOut(Account account, List<String> command, Layout layout) {
    try {
      return Command.run(account.running(command), layout.directory(), Duration.ofSeconds(20));
    } catch (IOException failure) {
      return new Command.Ended(-1, String.valueOf(failure.getMessage()));
    }
  }
}
