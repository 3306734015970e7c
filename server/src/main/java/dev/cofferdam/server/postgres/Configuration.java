package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * PostgreSQL's own settings. Written anew at each start, so that they are those of the version that
 * runs; nobody edits them.
 */
final class Configuration {
  private static final String SETTINGS =
      """
      # Written by Cofferdam at each start: changes are lost.
      listen_addresses = '127.0.0.1'
      unix_socket_directories = ''
      cluster_name = 'cofferdam'
      allow_alter_system = off
      max_connections = 120
      shared_buffers = '128MB'
      max_prepared_transactions = 0
      max_logical_replication_workers = 0
      password_encryption = 'scram-sha-256'
      ssl = off

      # What was acknowledged is on the disk.
      fsync = on
      full_page_writes = on
      synchronous_commit = on

      # After a crash it is started again by us alone: left to itself it tries without a pause, and on
      # a full disk without an end, while nobody is told.
      restart_after_crash = off

      # The log goes to the process that started us, and holds neither values nor statements.
      log_destination = 'stderr'
      logging_collector = off
      log_line_prefix = '%m [%p] '
      log_error_verbosity = terse
      log_statement = 'none'
      log_min_error_statement = 'panic'
      log_min_duration_statement = -1
      log_parameter_max_length = 0
      log_parameter_max_length_on_error = 0

      # The same everywhere.
      lc_messages = 'C'
      timezone = 'UTC'
      log_timezone = 'UTC'
      jit = off
      """;

  private static final String LOGINS =
      """
      # Written by Cofferdam at each start: changes are lost.
      host  all  all  127.0.0.1/32  scram-sha-256
      """;

  private Configuration() {}

  /** Writes what differs, and says which files are ours. */
  static List<Path> write(Path data) throws IOException {
    Path settings = data.resolve("postgresql.conf");
    Path logins = data.resolve("pg_hba.conf");
    PrivateFiles.writeIfDifferent(settings, settings());
    PrivateFiles.writeIfDifferent(logins, LOGINS);
    return List.of(settings, logins);
  }

  private static String settings() {
    return System.getProperty("os.name", "").startsWith("Linux")
        // After a crash one call for the file system, not one for each file.
        ? SETTINGS + "recovery_init_sync_method = 'syncfs'\n"
        : SETTINGS;
  }
}
