package dev.cofferdam.server.identity.oidc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Keycloak on loopback, with one realm, as the Maven profile {@code keycloak} unpacks it.
 */
final class Keycloak implements AutoCloseable {
  private static final Path UNPACKED = Path.of("target", "keycloak");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final int port;

  private Keycloak(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Empty when it was not unpacked. */
  static Optional<Path> home() {
    try (Stream<Path> found = Files.list(UNPACKED)) {
      return found
          .filter(path -> path.getFileName().toString().startsWith("keycloak-"))
          .findFirst();
    } catch (IOException notUnpacked) {
      return Optional.empty();
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String issuer(int port) {
    return "http://127.0.0.1:" + port + "/realms/cofferdam";
  }

  /** Starts it and waits until it answers. */
  static Keycloak start(Path home, int port) throws Exception {
    Path imported = Files.createDirectories(home.resolve("data").resolve("import"));
    try (var realm =
        Objects.requireNonNull(Keycloak.class.getResourceAsStream("keycloak-realm.json"))) {
      Files.copy(realm, imported.resolve("realm.json"), StandardCopyOption.REPLACE_EXISTING);
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            home.resolve("bin").resolve("kc.sh").toAbsolutePath().toString(),
            "start-dev",
            "--db=dev-mem",
            "--cache=local",
            "--import-realm",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--hostname=http://127.0.0.1:" + port);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "of-this-test-alone");
    builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
    Path log = Files.createDirectories(UNPACKED).resolve("keycloak.log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Keycloak keycloak = new Keycloak(builder.start(), port);
    keycloak.awaitReady(log);
    return keycloak;
  }

  private void awaitReady(Path log) throws Exception {
    long began = System.nanoTime();
    URI document = URI.create(issuer(port) + "/.well-known/openid-configuration");
    while (System.nanoTime() - began < PATIENCE.toNanos() && process.isAlive()) {
      try {
        if (HTTP.send(
                    HttpRequest.newBuilder(document).build(), HttpResponse.BodyHandlers.ofString())
                .statusCode()
            == 200) {
          return;
        }
      } catch (IOException notYet) {
        process.waitFor(200, java.util.concurrent.TimeUnit.MILLISECONDS);
      }
    }
    close();
    throw new AssertionError("Keycloak did not start: `" + log.toAbsolutePath() + "`");
  }

  /** Gives the realm a new signing key that takes precedence over the one before. */
  void rotateKeys() throws Exception {
    String token =
        JsonMapper.shared()
            .readTree(
                send(
                    "/realms/master/protocol/openid-connect/token",
                    "application/x-www-form-urlencoded",
                    "grant_type=password&client_id=admin-cli&username=admin&password=of-this-test-alone",
                    ""))
            .path("access_token")
            .asString();
    send(
        "/admin/realms/cofferdam/components",
        "application/json",
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "name",
                    "next",
                    "providerId",
                    "rsa-generated",
                    "providerType",
                    "org.keycloak.keys.KeyProvider",
                    "config",
                    Map.of(
                        "priority", List.of("1000"),
                        "enabled", List.of("true"),
                        "active", List.of("true"),
                        "algorithm", List.of("RS256"),
                        "keySize", List.of("2048")))),
        "Bearer " + token);
  }

  private String send(String path, String type, String body, String authorization)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  /** Ends it at once, as an outage does. */
  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }
}
