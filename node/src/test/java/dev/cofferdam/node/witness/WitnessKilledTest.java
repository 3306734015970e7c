package dev.cofferdam.node.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.node.Main;
import dev.cofferdam.node.verify.TestLog;
import dev.cofferdam.protocol.log.AddCheckpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real witness remembers when its process is killed. */
class WitnessKilledTest {
  @TempDir private Path directory;

  @Test
  @Timeout(60)
  void whatWasCosignedIsRemembered() throws Exception {
    TestLog log = new TestLog().grownTo(20);
    try (HttpClient http = HttpClient.newHttpClient()) {
      try (Running first = new Running(log)) {
        assertThat(first.add(http, log, 0, 12).statusCode()).isEqualTo(200);
      }
      log.rewrite(3, "nothing happened");
      try (Running second = new Running(log)) {
        HttpResponse<String> asIfNothing = second.add(http, log, 0, 20);

        assertThat(asIfNothing.statusCode()).isEqualTo(409);
        assertThat(asIfNothing.body()).isEqualTo("12\n");
        assertThat(second.add(http, log, 12, 20).statusCode()).isEqualTo(422);
      }
    }
  }

  /** A witness in a process of its own; closing it kills it. */
  private final class Running implements AutoCloseable {
    private final Process process;
    private final int port;

    private Running(TestLog log) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  "witness",
                  "--name=witness.example",
                  "--state=" + directory,
                  "--log=" + log.key(),
                  "--port=0")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader out = process.inputReader();
      String line = Objects.requireNonNull(out.readLine(), "the witness did not start");
      port = Integer.parseInt(line.replaceFirst(".*on port (\\d+) as .*", "$1"));
    }

    private HttpResponse<String> add(HttpClient http, TestLog log, int old, int size)
        throws Exception {
      AddCheckpoint request =
          new AddCheckpoint(old, old == 0 ? List.of() : log.consistency(old, size), log.note(size));
      URI uri = URI.create("http://127.0.0.1:" + port + AddCheckpoint.PATH);
      return http.send(
          HttpRequest.newBuilder(uri)
              .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
