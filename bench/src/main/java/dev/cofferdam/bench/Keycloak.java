package dev.cofferdam.bench;

import dev.cofferdam.protocol.jose.SigningKey;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Keycloak on loopback, set up as fast as it comes: in its production mode, on its database in
 * memory, with its caches of one server and no events stored. Its clients show who they are as ours
 * do, and it signs by the same algorithm.
 */
final class Keycloak implements AutoCloseable {
  private static final String REALM = "bench";
  private static final String ISSUED_AT = "/realms/" + REALM;
  private static final String ALGORITHM = "ES256";
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Process process;
  private final Site site;
  private final List<SigningClient> clients;

  private Keycloak(Process process, Site site, List<SigningClient> clients) {
    this.process = process;
    this.site = site;
    this.clients = clients;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param distribution unpacked, and left as it is
   * @param directory for a copy of it, since it builds itself anew in the place where it lies
   * @param clients how many it knows
   */
  static Keycloak start(Path distribution, Path directory, int clients)
      throws IOException, InterruptedException {
    Path home = directory.resolve("keycloak");
    FileSystemUtils.copyRecursively(distribution, home);
    Site site = new Site("127.0.0.1", freePort());
    List<SigningClient> known =
        IntStream.range(0, clients)
            .mapToObj(
                number ->
                    new SigningClient(
                        SigningKey.generate(),
                        "bench-" + number,
                        site,
                        site.origin() + ISSUED_AT,
                        ISSUED_AT + "/protocol/openid-connect/token"))
            .toList();
    Path imported = Files.createDirectories(home.resolve("data").resolve("import"));
    Files.writeString(imported.resolve("realm.json"), realm(known));
    Path log = directory.resolve("keycloak.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            home.resolve("bin").resolve("kc.sh").toString(),
            "start",
            "--db=dev-mem",
            "--cache=local",
            "--import-realm",
            "--http-enabled=true",
            "--http-host=" + site.host(),
            "--http-port=" + site.port(),
            "--hostname=" + site.origin());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Keycloak keycloak = new Keycloak(builder.start(), site, known);
    keycloak.awaitReady(log);
    return keycloak;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String realm(List<SigningClient> clients) {
    Map<String, Object> realm = new LinkedHashMap<>();
    realm.put("realm", REALM);
    realm.put("enabled", true);
    realm.put("sslRequired", "none");
    realm.put("defaultSignatureAlgorithm", ALGORITHM);
    realm.put("clients", clients.stream().map(Keycloak::registration).toList());
    return JsonMapper.shared().writeValueAsString(realm);
  }

  private static Map<String, Object> registration(SigningClient client) {
    Map<String, Object> key = new LinkedHashMap<>(SigningClient.named(client.key()));
    key.put("use", "sig");
    key.put("alg", ALGORITHM);
    return Map.of(
        "clientId",
        client.id(),
        "publicClient",
        false,
        "standardFlowEnabled",
        false,
        "serviceAccountsEnabled",
        true,
        "clientAuthenticatorType",
        "client-jwt",
        "attributes",
        Map.of(
            "use.jwks.string",
            "true",
            "jwks.string",
            JsonMapper.shared().writeValueAsString(Map.of("keys", List.of(key))),
            "token.endpoint.auth.signing.alg",
            ALGORITHM,
            "access.token.signed.response.alg",
            ALGORITHM));
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Ask document =
        Ask.get(ISSUED_AT + "/.well-known/openid-configuration").with("Host", site.authority());
    while (System.nanoTime() - began < PATIENCE.toNanos() && process.isAlive()) {
      if (isAnswered(document)) {
        return;
      }
      process.waitFor(200, TimeUnit.MILLISECONDS);
    }
    String said = Files.readString(log);
    close();
    throw new IllegalStateException("Keycloak did not start: " + said);
  }

  private boolean isAnswered(Ask ask) {
    try (Line line = Line.open(site)) {
      Reply reply = line.ask(ask);
      return reply.isDone();
    } catch (IOException notYet) {
      return false;
    }
  }

  Site site() {
    return site;
  }

  /** The clients that it knows, each with a key of its own. */
  List<SigningClient> clients() {
    return clients;
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>();
    try (Stream<ProcessHandle> started = process.descendants()) {
      started.forEach(all::add);
    }
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }
}
