package dev.cofferdam.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path temporary;

  @Test
  void neverTakesMoreThanTwiceItsLimit() throws Exception {
    Path path = temporary.resolve("postgres.log");
    try (LogFile log = new LogFile(path, 1_000)) {
      for (int line = 0; line < 1_000; line++) {
        log.line("line " + line);
      }
    }

    assertThat(Files.size(path)).isBetween(1L, 1_000L);
    assertThat(Files.size(temporary.resolve("postgres.log.1"))).isBetween(1L, 1_000L);
    assertThat(Files.readAllLines(path)).last().isEqualTo("line 999");
    try (var files = Files.list(temporary)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void goesOnAfterARestart() throws Exception {
    Path path = temporary.resolve("postgres.log");
    try (LogFile log = new LogFile(path, 1_000)) {
      log.line("before");
    }
    try (LogFile log = new LogFile(path, 1_000)) {
      log.line("after");
    }

    assertThat(Files.readAllLines(path)).containsExactly("before", "after");
  }

  @Test
  void losesTheLineThatCannotBeWritten() throws Exception {
    Path missing = temporary.resolve("missing").resolve("postgres.log");
    try (LogFile log = new LogFile(missing, 1_000)) {
      log.line("lost");
      Files.createDirectory(missing.getParent());
      log.line("kept");
    }

    assertThat(Files.readAllLines(missing)).containsExactly("kept");
  }
}
