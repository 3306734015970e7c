package dev.cofferdam.review.verifier;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A witness that runs. */
public final class Witnessing implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Witnessing on port ([0-9]+) as (\\S+)");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Thread thread;
  private final URI address;
  private final String key;

  private Witnessing(Thread thread, int port, String key) {
    this.thread = thread;
    this.address = URI.create("http://127.0.0.1:" + port + "/add-checkpoint");
    this.key = key;
  }

  /** Once it has said that it is ready. */
  static Witnessing started(Thread thread, StringWriter said) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (thread.isAlive() && System.nanoTime() < until) {
      Matcher ready = READY.matcher(said.toString());
      if (ready.find()) {
        return new Witnessing(thread, Integer.parseInt(ready.group(1)), ready.group(2));
      }
      Thread.onSpinWait();
    }
    thread.interrupt();
    throw new IllegalStateException("the witness does not start: " + said);
  }

  /** Its public key. */
  public String key() {
    return key;
  }

  /**
   * What it says of a request to cosign.
   *
   * @param request the body of C2SP tlog-witness's {@code add-checkpoint}
   */
  public HttpResponse<String> ask(String request) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(request))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    thread.interrupt();
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
