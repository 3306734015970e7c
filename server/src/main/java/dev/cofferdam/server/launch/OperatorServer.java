package dev.cofferdam.server.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running server, as an operator of it reaches it from a command line: in the session that they
 * have in a browser. To be closed.
 */
final class OperatorServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String COOKIE = "__Host-cofferdam";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI server;
  private final String session;

  private OperatorServer(URI server, String session) {
    this.server = server;
    this.session = session;
  }

  /** The server did not do it, and says by which code. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String code;

    RefusedException(String code) {
      super(code);
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  /**
   * What was answered.
   *
   * @param tag the entity tag as it stands in the header field, or empty
   */
  record Told(JsonNode body, String tag) {}

  /**
   * @param session a file that its owner alone may read, with the value of an operator's cookie
   * @throws StartRefusedException when others may read it, or the server would be spoken to in the
   *     clear
   */
  static OperatorServer at(URI server, Path session) {
    try {
      if (server.getHost() == null
          || !"https".equals(server.getScheme())
              && !InetAddress.getByName(server.getHost()).isLoopbackAddress()) {
        throw new StartRefusedException("`" + server + "` is not on this machine: use https.");
      }
      if (Files.getPosixFilePermissions(session).stream()
          .anyMatch(right -> !right.name().startsWith("OWNER_"))) {
        throw new StartRefusedException(
            "Others may read the session in `%s`: `chmod 600 %s`.".formatted(session, session));
      }
      return new OperatorServer(server, Files.readString(session).strip());
    } catch (IOException e) {
      throw new StartRefusedException(
          "The session in `%s`, or the host of `%s`, cannot be read.".formatted(session, server),
          e);
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  Told get(String path) throws IOException, RefusedException {
    return answered(request(path).GET());
  }

  /**
   * @param ifMatch the entity tag that was seen, or empty
   */
  Told post(String path, Map<String, ?> body, String ifMatch) throws IOException, RefusedException {
    String token = get("/v1/me").body().path("csrf_token").asString("");
    HttpRequest.Builder request =
        request(path)
            .header("Origin", server.getScheme() + "://" + server.getAuthority())
            .header("Cofferdam-CSRF", token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    return answered(ifMatch.isEmpty() ? request : request.header("If-Match", ifMatch));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(PATIENCE)
        .header("Accept", "application/json")
        .header("Cookie", COOKIE + "=" + session);
  }

  private Told answered(HttpRequest.Builder request) throws IOException, RefusedException {
    HttpResponse<String> answer;
    try {
      answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    JsonNode body;
    try {
      body = JSON.readTree(answer.body());
    } catch (tools.jackson.core.JacksonException e) {
      throw new IOException("it answered with something else than JSON", e);
    }
    if (answer.statusCode() / 100 != 2) {
      throw new RefusedException(body.path("code").asString(Integer.toString(answer.statusCode())));
    }
    return new Told(body, answer.headers().firstValue("ETag").orElse(""));
  }

  @Override
  public void close() {
    client.close();
  }
}
