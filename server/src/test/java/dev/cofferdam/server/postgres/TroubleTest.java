package dev.cofferdam.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words are those of PostgreSQL 18 and of the operating systems. */
class TroubleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LOG:  could not bind IPv4 address "127.0.0.1": Address already in use                          | PORT_TAKEN
          PANIC:  could not write to file "pg_wal/xlogtemp.9": No space left on device                   | DISK_FULL
          FATAL:  could not create lock file "postmaster.pid": Read-only file system                     | READ_ONLY
          FATAL:  could not create lock file "postmaster.pid": Permission denied                         | NOT_PERMITTED
          FATAL:  data directory "/d" has wrong ownership                                                | NOT_PERMITTED
          FATAL:  lock file "postmaster.pid" already exists                                              | OTHER_POSTMASTER
          FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use                         | STILL_IN_USE
          FATAL:  database files are incompatible with server                                            | OTHER_VERSION
          PANIC:  could not locate a valid checkpoint record at 0/1                                      | DAMAGED
          FATAL:  could not map anonymous shared memory: Cannot allocate memory                          | OUT_OF_MEMORY
          postgres: error while loading shared libraries: libxml2.so.2: cannot open shared object file   | LIBRARY_MISSING
          FATAL:  something never seen                                                                   | UNKNOWN
          """)
  void isRecognisedInTheLog(String line, Trouble expected) {
    assertThat(Trouble.of(List.of("LOG:  starting PostgreSQL 18.6", line, "LOG:  done")))
        .isEqualTo(expected);
  }

  @Test
  void isRecognisedInAnExceptionOfOurs() {
    assertThat(Trouble.of(new AccessDeniedException("/d"))).isEqualTo(Trouble.NOT_PERMITTED);
    assertThat(Trouble.of(new FileSystemException("/d", null, "Read-only file system")))
        .isEqualTo(Trouble.READ_ONLY);
    assertThat(Trouble.of(new IOException("No space left on device"))).isEqualTo(Trouble.DISK_FULL);
  }

  @Test
  void thatIsUnknownTellsTheLastWords() {
    assertThat(Trouble.UNKNOWN.explain(new Layout(Path.of("/d")), List.of("one", "two")))
        .isEqualTo(
            "PostgreSQL did not start on the data in `/d`. Its log `/d/postgres/log/postgres.log` ends with `two`.");
  }
}
