package dev.cofferdam.server.postgres;

import java.nio.file.Path;

/**
 * Where everything lies in the data directory. The directory also holds what other modules keep in
 * it; ours are the lock, the format marker and {@code postgres/}.
 */
record Layout(Path directory) {
  static final String UNFINISHED = "unfinished-data-";

  /** Says that the directory is ours, and in which format. */
  Path format() {
    return directory.resolve("format");
  }

  /** Locked by the process that uses the directory, and names it. */
  Path lock() {
    return directory.resolve("lock");
  }

  Path postgres() {
    return directory.resolve("postgres");
  }

  Path binaries() {
    return postgres().resolve("binaries");
  }

  Path data() {
    return postgres().resolve("data");
  }

  /**
   * Where process {@code pid} makes a cluster, which becomes {@link #data()} by one rename: half a
   * cluster is never seen.
   */
  Path unfinishedData(long pid) {
    return postgres().resolve(UNFINISHED + pid);
  }

  Path password() {
    return postgres().resolve("superuser.password");
  }

  Path port() {
    return postgres().resolve("port");
  }

  Path log() {
    return postgres().resolve("log").resolve("postgres.log");
  }

  Path postmasterPid() {
    return data().resolve("postmaster.pid");
  }
}
