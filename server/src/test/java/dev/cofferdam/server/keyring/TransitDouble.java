package dev.cofferdam.server.keyring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks what a key service is asked for a root key (transit, tokens), over HTTP: as far as its
 * documentation says what it answers, which {@link RealTransitTest} holds against a real one.
 */
public final class TransitDouble implements AutoCloseable {
  public static final String TOKEN = "a-token";
  static final long LEASE = 600;

  private static final String KEY = "/v1/transit/%s/cofferdam";
  private static final int NONCE = 12;

  private final HttpServer server;
  private final boolean secure;
  private final SecureRandom random = new SecureRandom();
  private final List<byte[]> versions = new ArrayList<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private int least = 1;
  private volatile @Nullable Answer instead;
  private volatile boolean renewable = true;

  /** What is answered. */
  record Answer(int status, String body) {}

  private TransitDouble(@Nullable SSLContext tls) {
    secure = tls != null;
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (tls == null) {
        server = HttpServer.create(anywhere, 0);
      } else {
        HttpsServer made = HttpsServer.create(anywhere, 0);
        made.setHttpsConfigurator(new HttpsConfigurator(tls));
        server = made;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    rotate();
    server.start();
  }

  public static TransitDouble plain() {
    return new TransitDouble(null);
  }

  static TransitDouble secured(SSLContext tls) {
    return new TransitDouble(tls);
  }

  public String origin() {
    return (secure ? "https://localhost:" : "http://127.0.0.1:") + server.getAddress().getPort();
  }

  /** Puts another version of the key in front. */
  public synchronized void rotate() {
    byte[] key = new byte[32];
    random.nextBytes(key);
    versions.add(key);
  }

  /** Has nothing opened any more that stands under an older version. */
  synchronized void require(int version) {
    least = version;
  }

  /** From now on this is answered; or what it would, by null. */
  void answers(@Nullable Answer answer) {
    instead = answer;
  }

  void renews(boolean now) {
    renewable = now;
  }

  /** Paths, in the order in which they were asked for. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestURI().toString());
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Answer planted = instead;
      Answer answer =
          planted != null
              ? planted
              : answer(
                  exchange.getRequestURI().getRawPath(),
                  String.valueOf(exchange.getRequestHeaders().getFirst("X-Vault-Token")),
                  body);
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private synchronized Answer answer(String path, String token, String body) {
    if (!token.equals(TOKEN)) {
      return new Answer(403, "{\"errors\":[\"permission denied\"]}");
    }
    JsonNode asked = JsonMapper.shared().readTree(body);
    byte[] associated = Base64.getDecoder().decode(asked.path("associated_data").asString(""));
    try {
      if (path.equals(KEY.formatted("encrypt"))) {
        return json(
            Map.of(
                "data",
                Map.of(
                    "ciphertext",
                    encrypted(asked.path("plaintext").asString(""), associated),
                    "key_version",
                    versions.size())));
      }
      if (path.equals(KEY.formatted("decrypt"))) {
        return json(
            Map.of(
                "data",
                Map.of("plaintext", opened(asked.path("ciphertext").asString(""), associated))));
      }
    } catch (GeneralSecurityException | IllegalArgumentException spoilt) {
      return new Answer(400, "{\"errors\":[\"cipher: message authentication failed\"]}");
    }
    if (path.equals("/v1/auth/token/renew-self")) {
      return renewable
          ? json(Map.of("auth", Map.of("lease_duration", LEASE, "renewable", true)))
          : new Answer(400, "{\"errors\":[\"lease is not renewable\"]}");
    }
    return new Answer(404, "{\"errors\":[]}");
  }

  private String encrypted(String plaintext, byte[] associated) throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed =
        cipher(Cipher.ENCRYPT_MODE, versions.size(), nonce, associated)
            .doFinal(Base64.getDecoder().decode(plaintext));
    byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
    return "vault:v" + versions.size() + ":" + Base64.getEncoder().encodeToString(whole);
  }

  private String opened(String ciphertext, byte[] associated) throws GeneralSecurityException {
    String[] parts = ciphertext.split(":", 3);
    int version = Integer.parseInt(parts[1].substring(1));
    if (version < least || version > versions.size()) {
      throw new IllegalArgumentException("no such version");
    }
    byte[] whole = Base64.getDecoder().decode(parts[2].getBytes(US_ASCII));
    return Base64.getEncoder()
        .encodeToString(
            cipher(Cipher.DECRYPT_MODE, version, Arrays.copyOf(whole, NONCE), associated)
                .doFinal(whole, NONCE, whole.length - NONCE));
  }

  private Cipher cipher(int mode, int version, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(versions.get(version - 1), "AES"),
        new GCMParameterSpec(128, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }

  private static Answer json(Map<String, ?> body) {
    return new Answer(200, JsonMapper.shared().writeValueAsString(body));
  }

  /** From now on it is away. */
  public void stop() {
    server.stop(0);
  }

  @Override
  public void close() {
    stop();
  }
}
