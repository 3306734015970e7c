package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.driver.Target;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where the database is. Off this machine only over TLS whose certificate is verified to be that
 * host's.
 *
 * @param trustedRoots a PEM file of the authorities that vouch for the host; null only on loopback
 */
public record DatabaseAddress(String host, int port, String database, @Nullable Path trustedRoots) {
  private static final int DEFAULT_PORT = 5432;

  public DatabaseAddress {
    requireEncrypted(host, trustedRoots);
  }

  /** INVARIANT: what leaves this machine is encrypted, and whoever gets it is verified. */
  private static void requireEncrypted(String host, @Nullable Path trustedRoots) {
    if (trustedRoots == null && !Target.isLoopback(host)) {
      throw new IllegalArgumentException(
          "cofferdam.database.url names the host `"
              + host
              + "`, which is not this machine: add `?sslmode=verify-full&sslrootcert=<file>` with a"
              + " PEM file of the authority that signed its certificate");
    }
  }

  /**
   * Reads {@code jdbc:postgresql://host[:port]/database}, with {@code sslmode=verify-full} and
   * {@code sslrootcert} as the only parameters.
   */
  public static DatabaseAddress of(String url) {
    URI uri;
    try {
      uri = new URI(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : "");
    } catch (URISyntaxException e) {
      throw malformed(e);
    }
    String path = uri.getPath();
    if (!"postgresql".equals(uri.getScheme())
        || uri.getHost() == null
        || uri.getUserInfo() != null
        || path == null
        || !path.matches("/[A-Za-z0-9_-]{1,63}")) {
      throw malformed(null);
    }
    Map<String, String> parameters = parameters(uri.getRawQuery());
    String mode = parameters.remove("sslmode");
    String roots = parameters.remove("sslrootcert");
    if (!parameters.isEmpty()) {
      throw new IllegalArgumentException(
          "cofferdam.database.url has the parameter `"
              + parameters.keySet().iterator().next()
              + "`, and Cofferdam allows only sslmode and sslrootcert there: how it speaks to the"
              + " database is part of its safety");
    }
    if ((mode == null) != (roots == null) || (mode != null && !mode.equals("verify-full"))) {
      throw new IllegalArgumentException(
          "cofferdam.database.url must say `sslmode=verify-full` together with"
              + " `sslrootcert=<file>`, or neither");
    }
    return new DatabaseAddress(
        uri.getHost().replaceAll("^\\[|]$", ""),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        path.substring(1),
        roots == null ? null : Path.of(roots));
  }

  /** Unpooled connections as {@code user}; for the owner's and the installer's work. */
  public PGSimpleDataSource as(String user, char[] password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {host});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    source.setUser(user);
    source.setPassword(new String(password));
    source.setTcpKeepAlive(true);
    source.setLogServerErrorDetail(false);
    source.setGssEncMode(org.postgresql.jdbc.GSSEncMode.DISABLE.value);
    source.setApplicationName("cofferdam owner");
    if (trustedRoots == null) {
      source.setSslMode("disable");
    } else {
      source.setSslMode("verify-full");
      source.setSslRootCert(trustedRoots.toString());
    }
    return source;
  }

  /** The host, port and name, for messages. */
  @Override
  public String toString() {
    return host + ":" + port + "/" + database;
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new TreeMap<>();
    if (query != null) {
      for (String pair : query.split("&")) {
        int equals = pair.indexOf('=');
        parameters.put(
            equals < 0 ? pair : pair.substring(0, equals),
            equals < 0 ? "" : URI.create("?" + pair.substring(equals + 1)).getQuery());
      }
    }
    return parameters;
  }

  /** Without the value: somebody may have written a password into it. */
  private static IllegalArgumentException malformed(@Nullable Exception cause) {
    return new IllegalArgumentException(
        "cofferdam.database.url must have the form `jdbc:postgresql://host:port/database`, without"
            + " user and password",
        cause);
  }
}
