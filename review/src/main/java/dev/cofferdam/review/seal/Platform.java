package dev.cofferdam.review.seal;

import dev.cofferdam.review.signoff.Canonical;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A server that goes on, as an operator of it reaches it. */
public final class Platform {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int UNAVAILABLE = 503;
  private static final String COOKIE = "__Host-cofferdam";

  private final URI server;
  private final String session;

  private Platform(URI server, String session) {
    this.server = server;
    this.session = session;
  }

  /**
   * @param session a file that its owner alone may read, with the value of an operator's cookie
   * @throws IOException when others may read it, or the server would be spoken to in the clear
   */
  public static Platform at(URI server, Path session) throws IOException {
    if (!"https".equals(server.getScheme())
        && !InetAddress.getByName(server.getHost()).isLoopbackAddress()) {
      throw new IOException("`" + server + "` is not on this machine: use https.");
    }
    if (Files.getPosixFilePermissions(session).stream()
        .anyMatch(right -> !right.name().startsWith("OWNER_"))) {
      throw new IOException(
          "Others may read the session in `%s`: `chmod 600 %s`.".formatted(session, session));
    }
    return of(server, Files.readString(session).strip());
  }

  /**
   * @param session the value of an operator's cookie
   */
  public static Platform of(URI server, String session) {
    return new Platform(server, session);
  }

  /**
   * Has the platform's log name a digest.
   *
   * @throws IOException when the server refuses, saying with which code
   */
  public Sealed.Proof record(String digest) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      String csrf =
          parsed(answered(client, request("/v1/me").GET())).path("csrf_token").asString("");
      HttpResponse<String> recorded =
          answered(
              client,
              request("/v1/operator/sign-offs")
                  .header("Origin", server.getScheme() + "://" + server.getAuthority())
                  .header("Cofferdam-CSRF", csrf)
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofByteArray(
                          Canonical.bytes(Map.of("digest", digest)))));
      String id = recorded.headers().firstValue("Cofferdam-Record-Id").orElse("");
      JsonNode receipt = parsed(receipt(client, id));
      return new Sealed.Proof(
          receipt.path("record").asString(""), receipt.path("receipt").asString(""));
    }
  }

  /** A log under load writes a record down a moment after it was announced. */
  private HttpResponse<String> receipt(HttpClient client, String id)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    HttpRequest asked = request("/v1/receipts/" + id).GET().build();
    HttpResponse<String> answer = client.send(asked, HttpResponse.BodyHandlers.ofString());
    while (answer.statusCode() == UNAVAILABLE && System.nanoTime() < deadline) {
      Thread.sleep(PAUSE);
      answer = client.send(asked, HttpResponse.BodyHandlers.ofString());
    }
    return succeeded(asked, answer);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(PATIENCE)
        .header("Cookie", COOKIE + "=" + session);
  }

  private static HttpResponse<String> answered(HttpClient client, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpRequest sent = request.build();
    return succeeded(sent, client.send(sent, HttpResponse.BodyHandlers.ofString()));
  }

  private static HttpResponse<String> succeeded(HttpRequest sent, HttpResponse<String> answer)
      throws IOException {
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          "The server answered %s %s with %d %s."
              .formatted(
                  sent.method(),
                  sent.uri().getPath(),
                  answer.statusCode(),
                  parsed(answer).path("code").asString("")));
    }
    return answer;
  }

  private static JsonNode parsed(HttpResponse<String> answer) {
    return Canonical.parse(answer.body());
  }
}
