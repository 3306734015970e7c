package dev.cofferdam.node.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to one server: no redirect is followed, and no cookie kept. Safe for use by many threads.
 */
public final class Wire {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final HttpClient http;
  private final URI origin;

  /** To the server with this origin, as whoever the machine trusts vouches for it. */
  public Wire(URI origin) {
    this(origin, null);
  }

  /**
   * @param authorities that vouch for the server, and no others; null for those of the machine
   */
  Wire(URI origin, @Nullable SSLContext authorities) {
    this.origin = origin;
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    this.http = (authorities == null ? client : client.sslContext(authorities)).build();
  }

  public URI origin() {
    return origin;
  }

  /**
   * One request, and its whole answer.
   *
   * @param fields of the head, by name
   */
  public Reply send(String method, String path, Map<String, String> fields, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(ANSWER)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    fields.forEach(request::header);
    try {
      HttpResponse<byte[]> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(answer.statusCode(), answer.headers(), answer.body());
    } catch (ConnectException e) {
      // Its message is null.
      throw new IOException("nothing answers at " + origin, e);
    }
  }
}
