package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.RolePasswords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the database.
 *
 * @param url where it is: {@code jdbc:postgresql://host:port/database}
 * @param migrate whether a start brings the schema to this server's version, or refuses when it is
 *     behind
 * @param ownerPasswordFile a file with the password of cofferdam_owner; without one it is derived
 *     from the root key
 * @param appPasswordFile a file with the password of cofferdam_app; without one it is derived from
 *     the root key
 * @param opsPasswordFile a file with the password of cofferdam_ops; without one it is derived from
 *     the root key
 * @param appConnections the most connections that serve requests, 2 to 200
 * @param opsConnections the most connections for work across tenants, 1 to 20
 * @param connectionWait how long a request waits for a free connection
 * @param statementTimeout the longest run of one statement of a request
 * @param lockTimeout the longest wait of a request for one lock
 * @param transactionTimeout the longest transaction of a request
 * @param bindingRotation how old the binding key may become, at least ten minutes
 */
@ConfigurationProperties("cofferdam.database")
public record DatabaseSettings(
    String url,
    @DefaultValue("true") boolean migrate,
    @Nullable Path ownerPasswordFile,
    @Nullable Path appPasswordFile,
    @Nullable Path opsPasswordFile,
    @DefaultValue("16") int appConnections,
    @DefaultValue("3") int opsConnections,
    @DefaultValue("5s") Duration connectionWait,
    @DefaultValue("15s") Duration statementTimeout,
    @DefaultValue("3s") Duration lockTimeout,
    @DefaultValue("30s") Duration transactionTimeout,
    @DefaultValue("24h") Duration bindingRotation) {

  @SuppressWarnings("NullAway") // Spring passes null for a setting that is missing.
  public DatabaseSettings {
    if (url == null || url.isBlank()) {
      throw new IllegalArgumentException(
          "cofferdam.database.url is not set: give the address of a PostgreSQL 18 database, or let"
              + " `./cofferdam up` start one");
    }
    DatabaseAddress.of(url);
    requireBetween("app-connections", appConnections, 2, 200);
    requireBetween("ops-connections", opsConnections, 1, 20);
    requireBetween(
        "connection-wait", connectionWait, Duration.ofMillis(250), Duration.ofMinutes(1));
    requireBetween(
        "statement-timeout", statementTimeout, Duration.ofMillis(100), Duration.ofMinutes(10));
    requireBetween("lock-timeout", lockTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
    requireBetween(
        "transaction-timeout", transactionTimeout, Duration.ofMillis(100), Duration.ofMinutes(30));
    requireBetween(
        "binding-rotation", bindingRotation, Duration.ofMinutes(10), Duration.ofDays(90));
  }

  /** Where the database is. */
  public DatabaseAddress address() {
    return DatabaseAddress.of(url);
  }

  /**
   * The password of a role from its file, or else from {@code derived}.
   *
   * <p>A file is read at each call, so that a password can be changed without a restart.
   */
  public RolePasswords passwords(RolePasswords derived) {
    return role -> {
      Path file =
          switch (role) {
            case OWNER -> ownerPasswordFile;
            case APP -> appPasswordFile;
            case OPS -> opsPasswordFile;
          };
      return file == null ? derived.passwordOf(role) : read(role, file);
    };
  }

  private static char[] read(DatabaseRole role, Path file) {
    try {
      char[] password = Files.readString(file).strip().toCharArray();
      if (password.length < 16) {
        throw new DatabaseRefusedException(
            "The password of %s in `%s` is shorter than 16 characters. Write a longer one."
                .formatted(role.user(), file));
      }
      return password;
    } catch (IOException e) {
      throw new DatabaseRefusedException(
          "The password file `%s` of %s could not be read. Check the path and its rights."
              .formatted(file, role.user()),
          e);
    }
  }

  private static <T extends Comparable<T>> void requireBetween(
      String name, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "cofferdam.database.%s must be between %s and %s, not `%s`"
              .formatted(name, shown(least), shown(most), shown(value)));
    }
  }

  /** A duration as people write it: {@code 15s}, not {@code PT15S}. */
  private static String shown(Object value) {
    return value instanceof Duration duration
        ? duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT)
        : value.toString();
  }
}
