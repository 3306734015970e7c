package dev.cofferdam.server.testing;

import dev.cofferdam.server.postgres.EmbeddedPostgres;
import dev.cofferdam.server.postgres.PostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * One real PostgreSQL for all tests of a JVM, started at first use and gone with the JVM. Each test
 * class takes a fresh database of its own from it.
 *
 * <p>Roles belong to the whole cluster: a test that makes some must bear that they are there.
 */
public final class SharedPostgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private SharedPostgres() {}

  /** The cluster itself, for its superuser and addresses. Never close it. */
  public static EmbeddedPostgres cluster() {
    return Started.CLUSTER;
  }

  /** A new, empty database, as the superuser sees it. */
  public static PGSimpleDataSource freshDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    try (Connection connection = database("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException failure) {
      throw new IllegalStateException("no fresh database", failure);
    }
    return database(name);
  }

  /** The database of that name, as the superuser sees it. */
  public static PGSimpleDataSource database(String name) {
    return superuser(cluster(), name);
  }

  /** A database of any cluster, as the superuser sees it. */
  public static PGSimpleDataSource superuser(EmbeddedPostgres cluster, String database) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    // Whoever sets a URL gets one back with every property in it, from which Flyway then takes a
    // second each time to leave out what could be a password.
    dataSource.setServerNames(new String[] {"127.0.0.1"});
    dataSource.setPortNumbers(new int[] {cluster.port()});
    dataSource.setDatabaseName(database);
    dataSource.setUser(cluster.superuser().name());
    dataSource.setPassword(cluster.superuser().password());
    return dataSource;
  }

  /** Where tests of all JVMs find the unpacked executables. */
  public static Path binaries() {
    return Path.of("target", "postgres-binaries").toAbsolutePath();
  }

  private static final class Started {
    static final EmbeddedPostgres CLUSTER = start();

    private static EmbeddedPostgres start() {
      try {
        Path directory = InMemory.newFolder("cofferdam-test-");
        EmbeddedPostgres postgres =
            EmbeddedPostgres.start(
                PostgresSettings.in(directory).withBinaries(binaries()), line -> {});
        ShortHandshakes.ofSuperuser(superuser(postgres, "postgres"));
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      postgres.close();
                      FileSystemUtils.deleteRecursively(directory.toFile());
                    }));
        return postgres;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
