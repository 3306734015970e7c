package dev.cofferdam.server.edge.tls;

import static dev.cofferdam.server.edge.tls.FrameConnection.CONTINUATION;
import static dev.cofferdam.server.edge.tls.FrameConnection.END_HEADERS;
import static dev.cofferdam.server.edge.tls.FrameConnection.END_STREAM;
import static dev.cofferdam.server.edge.tls.FrameConnection.HEADERS;
import static dev.cofferdam.server.edge.tls.FrameConnection.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.planted.rooms.Rooms;
import dev.cofferdam.server.edge.wire.RawConnection;
import dev.cofferdam.server.edge.wire.RawConnection.Reply;
import dev.cofferdam.server.testing.Certificates;
import dev.cofferdam.server.testing.Certificates.Placed;
import dev.cofferdam.server.testing.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/** TLS and HTTP/2 over real sockets, on both ports. */
class TlsTest {
  private static final Path FOLDER = folder();
  private static final Certificates AUTHORITY = authority();
  private static final Placed FILES = placed();
  private static final SSLContext TRUSTING = trusting(null);
  private static final SSLContext OPERATOR = trusting("operator");

  /** Far more than the server's patience of a second. */
  private static final Duration FAR_TOO_LONG = Duration.ofSeconds(8);

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context -> context.registerBean(Rooms.class),
          "cofferdam.tls.certificate-files=" + FILES.certificate(),
          "cofferdam.tls.key-files=" + FILES.key(),
          "cofferdam.tls.client-authorities=" + root(),
          "cofferdam.tls.look-every=1h",
          "cofferdam.edge.hosts=cofferdam.example.com",
          "cofferdam.edge.head-timeout=1s",
          "cofferdam.edge.body-timeout=1s",
          "cofferdam.edge.body-limit=64KB");

  private static Path folder() {
    try {
      return Files.createTempDirectory("cofferdam-tls-");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Certificates authority() {
    try {
      Certificates authority = new Certificates(FOLDER.resolve("authority.p12"));
      authority.client("operator");
      return authority;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Path root() {
    try {
      return AUTHORITY.root();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Placed placed() {
    try {
      return AUTHORITY.issued("localhost").in(FOLDER, "server");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static SSLContext trusting(@Nullable String alias) {
    try {
      return AUTHORITY.trusting(alias);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @AfterAll
  static void remove() throws IOException {
    FileSystemUtils.deleteRecursively(FOLDER);
  }

  private static int port() {
    return SERVER.uri("/").getPort();
  }

  private static HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder().sslContext(TRUSTING).version(version).build();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static HttpResponse<String> post(BodyPublisher body) throws Exception {
    return send(request("/v1/chairs").header("Content-Type", "application/json").POST(body));
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(answer.headers().firstValue("Cofferdam-Request-Id")).isPresent();
  }

  private static SSLSocket socket(SSLContext context, int port, String... protocols)
      throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    socket.startHandshake();
    return socket;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void speaksTlsThatIsSound(String version) throws Exception {
    try (SSLSocket socket = socket(TRUSTING, port(), version)) {
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
      assertThat(socket.getSession().getCipherSuite()).matches(".*(GCM|POLY1305).*");
      Reply reply =
          RawConnection.over(socket)
              .lines("GET /livez HTTP/1.1\nHost: localhost\n\n")
              .reply()
              .orElseThrow();
      assertThat(reply.status()).isEqualTo(200);
    }
  }

  @Test
  void speaksNoTlsThatIsNot() throws Exception {
    try (Socket socket = new Socket("localhost", port())) {
      // So that the others are refused for what they are.
      assertThat(
              ClientHello.answer(socket, ClientHello.TLS_1_2, ClientHello.ECDHE_ECDSA_AES_128_GCM))
          .isEqualTo("goes on");
    }
    for (int old : new int[] {ClientHello.TLS_1_0, ClientHello.TLS_1_1}) {
      try (Socket socket = new Socket("localhost", port())) {
        assertThat(
                ClientHello.answer(
                    socket,
                    old,
                    ClientHello.ECDHE_ECDSA_AES_128_CBC,
                    ClientHello.ECDHE_ECDSA_AES_128_GCM))
            .isEqualTo("alert 70");
      }
    }
    try (Socket socket = new Socket("localhost", port())) {
      assertThat(
              ClientHello.answer(
                  socket,
                  ClientHello.TLS_1_2,
                  ClientHello.ECDHE_ECDSA_AES_128_CBC,
                  ClientHello.RSA_AES_128_CBC))
          .isEqualTo("alert 40");
    }
  }

  @Test
  void plainHttpIsNotAnswered() throws Exception {
    try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
      Reply reply =
          connection.lines("GET /livez HTTP/1.1\nHost: localhost\n\n").reply().orElseThrow();

      assertThat(reply.status()).isEqualTo(400);
    }
  }

  @Test
  void speaksHttp2ToWhoeverAsksForIt() throws Exception {
    HttpResponse<String> answer = send(request("/livez"));

    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.statusCode()).isEqualTo(200);
    try (HttpClient older = client(HttpClient.Version.HTTP_1_1)) {
      assertThat(
              older.send(request("/livez").build(), HttpResponse.BodyHandlers.ofString()).version())
          .isEqualTo(HttpClient.Version.HTTP_1_1);
    }
  }

  @Test
  void tellsBrowsersToComeByTlsAloneButNotOnTheirOwnMachine() throws Exception {
    assertThat(reply("cofferdam.example.com").field("Strict-Transport-Security"))
        .contains("max-age=31536000");
    assertThat(reply("unknown.example.com").field("Strict-Transport-Security"))
        .contains("max-age=31536000");
    assertThat(reply("localhost").field("Strict-Transport-Security")).isEmpty();
  }

  private static Reply reply(String host) throws Exception {
    try (SSLSocket socket = socket(TRUSTING, port())) {
      return RawConnection.over(socket)
          .lines("GET /livez HTTP/1.1\nHost: %s\n\n".formatted(host))
          .reply()
          .orElseThrow();
    }
  }

  @Test
  void aBodyHasAnEndInHttp2Too() throws Exception {
    byte[] tooLarge = new byte[70_000];
    Arrays.fill(tooLarge, (byte) ' ');

    assertProblem(post(BodyPublishers.ofByteArray(tooLarge)), 413, "too_large");
    assertProblem(
        post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLarge))),
        413,
        "too_large");
    assertProblem(
        send(
            request("/v1/chairs")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(new byte[10]))),
        415,
        "unsupported_media_type");
    assertProblem(post(BodyPublishers.ofString("[".repeat(1000))), 400, "malformed_request");
    assertThat(
            post(BodyPublishers.ofString("{\"name\":\"a\",\"legs\":4,\"marks\":{}}")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aBodyThatDripsIsGivenUpInHttp2Too() throws Exception {
    try (FrameConnection connection = begun()) {
      connection.frame(
          HEADERS,
          END_HEADERS,
          1,
          FrameConnection.fields(
              ":method",
              "POST",
              ":scheme",
              "https",
              ":authority",
              "localhost",
              ":path",
              "/v1/chairs",
              "content-type",
              "application/json"));
      // Smaller ones the container takes for an attack at once.
      byte[] drop = " ".repeat(1500).getBytes(StandardCharsets.US_ASCII);
      Thread drip = dripping(() -> connection.frame(0, 0, 1, drop));
      assertThat(connection.outcome()).isEqualTo("408");
      drip.interrupt();
    }
  }

  /** Part of something. */
  @FunctionalInterface
  private interface Drop {
    void fall() throws IOException;
  }

  /** One drop after the other, until the server has had enough. */
  private static Thread dripping(Drop drop) {
    return Thread.startVirtualThread(
        () -> {
          try {
            while (true) {
              drop.fall();
              Thread.sleep(200);
            }
          } catch (IOException | InterruptedException ended) {
            // The server has.
          }
        });
  }

  @Test
  void headerFieldsHaveAnEndInHttp2Too() throws Exception {
    assertRefused(request("/livez").header("X", "a".repeat(20_000)));
    HttpRequest.Builder many = request("/livez");
    for (int i = 0; i < 100; i++) {
      many.header("X-" + i, "a");
    }
    assertRefused(many);
  }

  /** As a problem, or by giving the stream or the connection up. */
  private static void assertRefused(HttpRequest.Builder request) throws Exception {
    try {
      assertThat(send(request).statusCode()).isIn(400, 431);
    } catch (IOException givenUp) {
      assertThat(givenUp).isNotInstanceOf(java.net.http.HttpTimeoutException.class);
    }
  }

  private static FrameConnection begun() throws IOException {
    FrameConnection connection = new FrameConnection(TRUSTING, port());
    assertThat(connection.protocol()).isEqualTo("h2");
    return connection.preface().frame(SETTINGS, 0, 0, new byte[0]);
  }

  @Test
  void anotherNameOfTheHostIsRefusedInHttp2Too() throws Exception {
    for (String[] named :
        new String[][] {{":authority", "evil.example"}, {"host", "evil.example"}, {"x", "y"}}) {
      try (FrameConnection connection = begun()) {
        connection.frame(
            HEADERS,
            END_HEADERS | END_STREAM,
            1,
            FrameConnection.fields(
                ":method", "GET", ":scheme", "https", ":path", "/livez", named[0], named[1]));

        assertThat(connection.outcome()).as(named[0]).isIn("421", "400", "reset");
      }
    }
    try (FrameConnection connection = begun()) {
      connection.frame(
          HEADERS,
          END_HEADERS | END_STREAM,
          1,
          FrameConnection.fields(
              ":method", "GET", ":scheme", "https", ":path", "/livez", ":authority", "localhost"));

      assertThat(connection.outcome()).isEqualTo("200");
    }
  }

  @Test
  void aFrameThatDripsIsCutOff() throws Exception {
    byte[] fields = FrameConnection.fields(":method", "GET", ":scheme", "https", ":path", "/livez");
    try (FrameConnection connection = begun()) {
      connection.raw(FrameConnection.head(16_000, HEADERS, END_HEADERS | END_STREAM, 1));
      assertCutOff(connection, new byte[] {fields[0]});
    }
  }

  @Test
  void fieldsThatDripInFramesAreCutOff() throws Exception {
    byte[] fields = FrameConnection.fields(":method", "GET", ":scheme", "https", ":path", "/livez");
    try (FrameConnection connection = begun()) {
      connection.frame(HEADERS, END_STREAM, 1, fields);
      assertCutOff(connection, large(CONTINUATION));
    }
  }

  /** A whole frame of a size that the container does not hold against its sender. */
  private static byte[] large(int type) {
    byte[] payload = FrameConnection.fields("x-" + "n".repeat(20), "v".repeat(1100));
    byte[] frame =
        Arrays.copyOf(FrameConnection.head(payload.length, type, 0, 1), 9 + payload.length);
    System.arraycopy(payload, 0, frame, 9, payload.length);
    return frame;
  }

  @Test
  void aPrefaceThatDripsIsCutOff() throws Exception {
    try (FrameConnection connection = new FrameConnection(TRUSTING, port())) {
      connection.preface().raw(FrameConnection.head(6000, SETTINGS, 0, 0));
      assertCutOff(connection, new byte[] {0});
    }
  }

  private static void assertCutOff(FrameConnection connection, byte[] drop) throws Exception {
    long began = System.nanoTime();
    Thread drip = dripping(() -> connection.raw(drop));
    assertThat(connection.outcome()).isEqualTo("closed");
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofMillis(500), FAR_TOO_LONG);
    drip.interrupt();
  }

  @Test
  void aHandshakeThatDripsIsCutOff() throws Exception {
    try (Socket socket = new Socket("localhost", port())) {
      socket.setSoTimeout((int) FAR_TOO_LONG.toMillis());
      // The beginning of a record of 16,000 bytes.
      socket.getOutputStream().write(new byte[] {22, 3, 1, 62, (byte) 128, 1, 0, 62});
      Thread drip = dripping(() -> socket.getOutputStream().write(1));
      InputStream in = socket.getInputStream();
      int last = 0;
      try {
        while (last >= 0) {
          last = in.read();
        }
      } catch (java.net.SocketException reset) {
        last = -1;
      }
      assertThat(last).isEqualTo(-1);
      drip.interrupt();
    }
  }

  @Test
  void peopleSignInAndChangeThings() throws Exception {
    HttpResponse<String> sent = send(request("/sign-in?return_to=/v1/me"));
    URI page = URI.create(sent.headers().firstValue("Location").orElseThrow());
    HttpResponse<String> chosen =
        send(
            HttpRequest.newBuilder(page.resolve("/authorize"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", page.getScheme() + "://" + page.getAuthority())
                .POST(BodyPublishers.ofString(page.getRawQuery() + "&person=ada&assurance=mfa")));
    URI callback = URI.create(chosen.headers().firstValue("Location").orElseThrow());
    assertThat(callback.toString())
        .startsWith("https://localhost:" + port() + "/sign-in/callback?");

    HttpResponse<String> back =
        send(HttpRequest.newBuilder(callback).header("Cookie", cookie(sent)));
    String session = cookie(back);
    String me = send(request("/v1/me").header("Cookie", session)).body();
    String token = JsonMapper.shared().readTree(me).path("csrf_token").asString("");

    for (String origin : new String[] {"https", "http"}) {
      HttpResponse<String> left =
          send(
              request("/v1/session/workspace")
                  .header("Cookie", session)
                  .header("Cofferdam-CSRF", token)
                  .header("Origin", origin + "://localhost:" + port())
                  .DELETE());
      assertThat(left.statusCode()).as(left.body()).isEqualTo(origin.equals("https") ? 200 : 403);
      session = origin.equals("https") ? cookie(left) : session;
      me = send(request("/v1/me").header("Cookie", session)).body();
      token = JsonMapper.shared().readTree(me).path("csrf_token").asString("");
    }
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
  }

  @Test
  void theManagementPortAsksItsClientsForACertificate() throws Exception {
    URI health = URI.create("https://localhost:" + SERVER.managementUri("/").getPort() + "/readyz");
    try (HttpClient operator = HttpClient.newBuilder().sslContext(OPERATOR).build();
        HttpClient stranger = HttpClient.newBuilder().sslContext(TRUSTING).build()) {
      HttpRequest request = HttpRequest.newBuilder(health).build();

      assertThat(operator.send(request, HttpResponse.BodyHandlers.ofString()).body())
          .contains("\"certificates\"", "\"newest_files\":\"served\"");
      assertThatThrownBy(() -> stranger.send(request, HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  private static String serial() throws Exception {
    try (SSLSocket socket = socket(TRUSTING, port())) {
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSerialNumber()
          .toString(16);
    }
  }

  private static String managed(String path) throws Exception {
    try (HttpClient operator = HttpClient.newBuilder().sslContext(OPERATOR).build()) {
      return operator
          .send(
              HttpRequest.newBuilder(
                      URI.create("https://localhost:" + SERVER.managementUri("/").getPort() + path))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void newCertificatesAreServedAndBrokenOnesAreNot() throws Exception {
    ServedCertificates served = SERVER.bean(ServedCertificates.class);
    String first = serial();
    AUTHORITY.issued("localhost").in(FOLDER, "server");
    served.look();
    String second = serial();
    assertThat(second).isNotEqualTo(first);

    Files.writeString(FILES.certificate(), "half of one");
    served.look();

    assertThat(serial()).isEqualTo(second);
    assertThat(managed("/metrics"))
        .contains("cofferdam_tls_files_refused 1.0")
        .containsPattern("cofferdam_tls_certificate_ends_seconds \\d");
    assertThat(managed("/readyz")).contains("\"newest_files\":\"refused\"").contains("UP");
    AUTHORITY.issued("localhost").in(FOLDER, "server");
    served.look();
    assertThat(serial()).isNotIn(first, second);
    assertThat(managed("/metrics")).contains("cofferdam_tls_files_refused 0.0");
  }

  @Test
  void noRequestIsLostWhileCertificatesChange() throws Exception {
    ServedCertificates served = SERVER.bean(ServedCertificates.class);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    List<String> wrong = Collections.synchronizedList(new java.util.ArrayList<>());
    CountDownLatch begun = new CountDownLatch(4);
    List<Certificates.Pair> pairs =
        List.of(AUTHORITY.issued("localhost"), AUTHORITY.issued("localhost"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> clients = new java.util.ArrayList<>();
      for (int i = 0; i < 4; i++) {
        boolean keeps = i % 2 == 0;
        clients.add(
            threads.submit(
                () -> {
                  try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
                    begun.countDown();
                    while (!done.get()) {
                      int status =
                          keeps
                              ? client
                                  .send(
                                      request("/livez").build(),
                                      HttpResponse.BodyHandlers.discarding())
                                  .statusCode()
                              : reply("localhost").status();
                      if (status != 200) {
                        wrong.add("" + status);
                      }
                      answered.incrementAndGet();
                    }
                  } catch (Exception e) {
                    wrong.add(e.toString());
                  }
                }));
      }
      begun.await();
      for (int i = 0; i < 10; i++) {
        int before = answered.get();
        pairs.get(i % 2).in(FOLDER, "server");
        served.look();
        while (answered.get() < before + 10 && wrong.isEmpty()) {
          Thread.onSpinWait();
        }
      }
      done.set(true);
      for (Future<?> client : clients) {
        client.get();
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(answered).hasValueGreaterThan(90);
  }
}
