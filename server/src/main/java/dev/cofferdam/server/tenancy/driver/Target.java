package dev.cofferdam.server.tenancy.driver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.util.HostSpec;

/**
 * Where and as whom to connect. Holds no password, so that it may be printed.
 *
 * @param trustedRoots PEM file of the authorities that vouch for the server's name; null only on
 *     loopback, where the connection is not encrypted
 * @param application what {@code pg_stat_activity} shows
 */
public record Target(
    String host,
    int port,
    String database,
    String user,
    @Nullable Path trustedRoots,
    Deadlines deadlines,
    String application) {

  static final int CONNECT_SECONDS = 10;

  /**
   * What a server that lives may need beyond the longest statement, to say that it was too long.
   */
  private static final Duration BEYOND = Duration.ofSeconds(5);

  public Target {
    requireEncrypted(host, trustedRoots);
  }

  /** Again, for a target that did not come from the settings. */
  private static void requireEncrypted(String host, @Nullable Path trustedRoots) {
    if (trustedRoots == null && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "the database host `"
              + host
              + "` is not this machine: a file of trusted roots is needed to verify its TLS"
              + " certificate");
    }
  }

  /** Whether this name is this machine's, so that what is sent to it need not be encrypted. */
  public static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
  }

  HostSpec[] hosts() {
    return new HostSpec[] {new HostSpec(host, port)};
  }

  String url() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  /** The driver's properties, all but the password. */
  Properties properties() {
    var properties = new Properties();
    PGProperty.PG_HOST.set(properties, host);
    PGProperty.PG_PORT.set(properties, port);
    PGProperty.PG_DBNAME.set(properties, database);
    PGProperty.USER.set(properties, user);
    PGProperty.APPLICATION_NAME.set(properties, application);
    PGProperty.OPTIONS.set(properties, deadlines.asOptions());
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
    // A server that is gone without a word ends no statement: without this its caller waits for
    // hours.
    PGProperty.SOCKET_TIMEOUT.set(properties, (int) deadlines.statement().plus(BEYOND).toSeconds());
    // For authentication too, so that a server that accepts and then hangs does not hold a thread.
    PGProperty.LOGIN_TIMEOUT.set(properties, CONNECT_SECONDS);
    // Details name rows' values, and batch errors print their parameters unless this is off.
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    PGProperty.GSS_ENC_MODE.set(properties, "disable");
    if (trustedRoots == null) {
      PGProperty.SSL_MODE.set(properties, "disable");
    } else {
      PGProperty.SSL_MODE.set(properties, "verify-full");
      PGProperty.SSL_ROOT_CERT.set(properties, trustedRoots.toString());
    }
    return properties;
  }
}
