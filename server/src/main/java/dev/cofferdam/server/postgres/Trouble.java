package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/**
 * What stops PostgreSQL, recognised by the words in which it, or the operating system, says so. In
 * order: the first that matches counts.
 */
enum Trouble {
  DISK_FULL(
      Cure.WAITING,
      "There is no space left for the data in `%s`: free some, or choose another --data directory.",
      "No space left on device",
      "Check free disk space",
      "could not extend file",
      "Disk quota exceeded",
      "File too large"),
  READ_ONLY(
      Cure.WAITING,
      "`%s` is on a file system that can only be read: choose another --data directory.",
      "Read-only file system"),
  PORT_TAKEN(
      Cure.WAITING,
      "The port of the embedded PostgreSQL is taken by another program: stop it, or set another cofferdam.postgres.port (data in `%s`).",
      "Address already in use"),
  STILL_IN_USE(
      Cure.WAITING,
      "Processes of a PostgreSQL that was killed still use the data in `%s`: wait until they end, or end them.",
      "pre-existing shared memory block"),
  OTHER_POSTMASTER(
      Cure.NONE,
      "Another PostgreSQL runs on the data in `%s`: stop it first.",
      "lock file \"postmaster.pid\" already exists"),
  OTHER_VERSION(
      Cure.NONE,
      "The data in `%s` was written by another version of PostgreSQL: start the Cofferdam that wrote it, or choose another --data directory.",
      "database files are incompatible with server"),
  DAMAGED(
      Cure.NONE,
      "The data in `%s` is damaged: restore a backup, or choose another --data directory.",
      "could not locate a valid checkpoint record",
      "could not locate required checkpoint record",
      "incorrect checksum in control file",
      "/global/pg_control\": No such file or directory",
      "is not a database cluster directory",
      "is not a valid data directory"),
  OUT_OF_MEMORY(
      Cure.WAITING,
      "There is not enough memory to start PostgreSQL on the data in `%s`: free some.",
      "Cannot allocate memory",
      "could not create shared memory segment"),
  LIBRARY_MISSING(
      Cure.NONE,
      "PostgreSQL's executables for `%s` lack a library of this system: use an external PostgreSQL 18.",
      "error while loading shared libraries",
      "GLIBC_"),
  NOT_PERMITTED(
      Cure.NONE,
      "The data in `%s` cannot be written by this user: correct its owner and permissions, or choose another --data directory.",
      "Permission denied",
      "AccessDeniedException",
      "Operation not permitted",
      "has wrong ownership",
      "has invalid permissions"),
  UNKNOWN(Cure.WAITING, "PostgreSQL did not start on the data in `%s`.");

  /** Whether the same start can succeed later without anybody changing the data. */
  enum Cure {
    WAITING,
    NONE
  }

  private final Cure cure;
  private final String sentence;
  private final List<String> signs;

  Trouble(Cure cure, String sentence, String... signs) {
    this.cure = cure;
    this.sentence = sentence;
    this.signs = List.of(signs);
  }

  static Trouble of(Collection<String> lines) {
    for (Trouble trouble : values()) {
      if (lines.stream().anyMatch(line -> trouble.signs.stream().anyMatch(line::contains))) {
        return trouble;
      }
    }
    return UNKNOWN;
  }

  static Trouble of(IOException failure) {
    return of(List.of(failure.toString()));
  }

  boolean mayPass() {
    return cure == Cure.WAITING;
  }

  String sentence(Layout layout) {
    return sentence.formatted(layout.directory());
  }

  /** What PostgreSQL said, in our words; of an unknown trouble it tells its last ones. */
  String explain(Layout layout, List<String> lines) {
    return this == UNKNOWN
        ? "%s Its log `%s` ends with `%s`."
            .formatted(sentence(layout), layout.log(), lines.isEmpty() ? "" : lines.getLast())
        : sentence(layout);
  }

  /** The refusal for a failure of ours; of an unknown one it tells the words of the system. */
  PostgresRefusedException refusal(Layout layout, IOException failure) {
    return new PostgresRefusedException(
        this == UNKNOWN ? sentence(layout) + " " + failure.getMessage() + "." : sentence(layout),
        failure);
  }
}
