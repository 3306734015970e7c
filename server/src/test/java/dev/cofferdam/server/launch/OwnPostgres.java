package dev.cofferdam.server.launch;

import dev.cofferdam.server.postgres.EmbeddedPostgres;
import dev.cofferdam.server.postgres.PostgresSettings;
import dev.cofferdam.server.testing.Certificates;
import dev.cofferdam.server.testing.PreparedCluster;
import dev.cofferdam.server.testing.SharedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL of the operator's own: a cluster that the launched server knows only by address. */
final class OwnPostgres implements AutoCloseable {
  private final Path folder;
  private final EmbeddedPostgres postgres;

  private OwnPostgres(Path folder, EmbeddedPostgres postgres) {
    this.folder = folder;
    this.postgres = postgres;
  }

  /**
   * @param folder which is not there yet
   */
  static OwnPostgres start(Path folder) {
    PreparedCluster.copyTo(folder);
    return new OwnPostgres(
        folder,
        EmbeddedPostgres.start(
            PostgresSettings.in(folder).withBinaries(SharedPostgres.binaries()), line -> {}));
  }

  /** From now on also speaks TLS, with this certificate. */
  void speakTls(Certificates.Pair certificate) throws IOException, SQLException {
    Path data = folder.resolve("postgres/data");
    Files.writeString(data.resolve("server.crt"), certificate.certificate());
    Files.createFile(
        data.resolve("server.key"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(data.resolve("server.key"), certificate.key());
    Files.writeString(data.resolve("postgresql.conf"), "\nssl = on\n", StandardOpenOption.APPEND);
    execute("select pg_reload_conf()");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = superuser("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  int port() {
    return postgres.port();
  }

  /** A file with the superuser's password. */
  Path passwordFile() {
    return folder.resolve("postgres/superuser.password");
  }

  PGSimpleDataSource superuser(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(postgres.jdbcUrl(database));
    source.setUser(postgres.superuser().name());
    source.setPassword(postgres.superuser().password());
    return source;
  }

  JdbcClient client(String database) {
    return JdbcClient.create(superuser(database));
  }

  @Override
  public void close() {
    postgres.close();
  }
}
