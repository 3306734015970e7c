package dev.cofferdam.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** Sends a signal to a process that the test itself started, by its id. */
final class Kill {
  private Kill() {}

  static void send(String signal, long pid) throws IOException, InterruptedException {
    assertThat(pid).isGreaterThan(1);
    new ProcessBuilder("kill", "-" + signal, String.valueOf(pid)).start().waitFor();
  }
}
