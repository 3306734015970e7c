package dev.cofferdam.server.edge.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cofferdam.server.edge.wire.RawConnection.Reply;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class PerimeterTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private static final List<String> ALWAYS =
      List.of(
          "Cofferdam-Request-Id",
          "Content-Security-Policy",
          "X-Content-Type-Options",
          "X-Frame-Options",
          "Referrer-Policy",
          "Cross-Origin-Opener-Policy",
          "Cross-Origin-Resource-Policy",
          "Permissions-Policy",
          "Cache-Control");

  static Reply send(String request) throws IOException {
    try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
      return connection.lines(request).reply().orElseThrow();
    }
  }

  private static void assertProblem(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.field("Content-Type")).contains("application/problem+json");
    assertThat(reply.body()).contains("\"code\":\"" + code + "\"");
    assertSecure(reply);
  }

  private static void assertSecure(Reply reply) {
    assertThat(ALWAYS).allSatisfy(name -> assertThat(reply.field(name)).as(name).isPresent());
    assertThat(reply.field("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(reply.field("Server")).isEmpty();
  }

  @Test
  void everyAnswerIsNamedByTheServerAndCarriesTheSecurityFields() throws Exception {
    Reply fine = send("GET /livez HTTP/1.1\nHost: localhost\nCofferdam-Request-Id: mine\n\n");
    Reply missing = send("GET /nothing HTTP/1.1\nHost: localhost\nX-Request-Id: mine\n\n");

    assertThat(fine.status()).isEqualTo(200);
    assertSecure(fine);
    assertProblem(missing, 404, "not_found");
    assertThat(fine.field("Cofferdam-Request-Id").orElseThrow())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f-]{17}");
    assertThat(missing.body())
        .contains(missing.field("Cofferdam-Request-Id").orElseThrow())
        .doesNotContain("mine", "/nothing");
  }

  @Test
  void everyAnswerIsTimedByTheTemplateOfItsRouteAndByNothingThatAStrangerChose() throws Exception {
    send("GET /v1/tenant HTTP/1.1\nHost: localhost\n\n");
    send("GET /in-a-metric HTTP/1.1\nHost: localhost\n\n");
    send("INVENTED /livez HTTP/1.1\nHost: localhost\n\n");
    send("GET / HTTP/1.1\nHost: elsewhere.example\n\n");

    assertThat(SERVER.metrics())
        .contains(
            series("GET", "CLIENT_ERROR", 401, "/v1/tenant"),
            series("other", "SERVER_ERROR", 501, "none"),
            series("GET", "CLIENT_ERROR", 421, "none"))
        .doesNotContain("in-a-metric", "INVENTED");
  }

  private static String series(String method, String outcome, int status, String route) {
    return "http_server_requests_seconds_count{method=\"%s\",outcome=\"%s\",status=\"%d\",uri=\"%s\"}"
        .formatted(method, outcome, status, route);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\n\n",
        "GET / HTTP/1.1\nHost: localhost\nHost: localhost\n\n",
        "GET / HTTP/1.1\nHost: a b\n\n",
        "GET /a b HTTP/1.1\nHost: localhost\n\n",
        "GET /\u00e9 HTTP/1.1\nHost: localhost\n\n",
        "GET /%zz HTTP/1.1\nHost: localhost\n\n",
        "GET /%c3%28 HTTP/1.1\nHost: localhost\n\n",
        "GET /a%2fb HTTP/1.1\nHost: localhost\n\n",
        "GET /a%00b HTTP/1.1\nHost: localhost\n\n",
        "GET / HTTP/1.1\nHost: localhost\nX : a\n\n",
        "GET http://elsewhere.example/ HTTP/1.1\nHost: localhost\n\n",
        "POST / HTTP/1.1\nHost: localhost\nContent-Length: 1\nContent-Length: 2\n\nab",
        "POST / HTTP/1.1\nHost: localhost\nContent-Length: -1\n\n",
        "POST / HTTP/1.1\nHost: localhost\nContent-Length: +5\n\nabcde",
        "GET / HTTP/9.9\nHost: localhost\n\n",
        "\u0016\u0003\u0001\u0002\n\n",
        "\u0000\u0001\u0002\n\n"
      })
  void whatTheContainerRefusesIsAProblemLikeAnyOther(String request) throws Exception {
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.list = new CopyOnWriteArrayList<>();
    said.start();
    Logger container = (Logger) LoggerFactory.getLogger("org.apache.coyote");
    container.addAppender(said);
    try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
      Reply reply = connection.lines(request).reply().orElseThrow();

      assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
      assertProblem(reply, 400, "malformed_request");
      assertThat(connection.reply()).as("when all is done with it, it is closed").isEmpty();
    } finally {
      container.detachAppender(said);
    }
    // A stranger fills no log.
    assertThat(said.list).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..;/v1",
        "/v1/..;/x",
        "/v1;x=1/y",
        "/livez;jsessionid=1",
        "//livez",
        "/v1//x",
        "/v1/../livez",
        "/./livez",
        "/%2e%2e/livez",
        "/a%5cb",
        "/a%0d%0aX:1",
        "/a%25b",
        "/a\\b"
      })
  void aPathWithTwoReadingsIsRefused(String path) throws Exception {
    assertProblem(send("GET " + path + " HTTP/1.1\nHost: localhost\n\n"), 400, "malformed_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: a\n Host: evil.example\n",
        "X: a\n\tb\n",
        "X:\n a\n",
        "X: a\n \n",
        "X: a  \n  b\n  c\nY: d\n",
        "X: a\n b\nContent-Length: 0\n"
      })
  void aFoldedFieldIsRefused(String fields) throws Exception {
    assertProblem(
        send("GET /livez HTTP/1.1\nHost: localhost\n" + fields + "\n"), 400, "malformed_request");
    assertProblem(
        send("GET /livez HTTP/1.1\n" + fields + "Host: localhost\n\n"), 400, "malformed_request");
  }

  @Test
  void alsoOneThatComesInPieces() throws Exception {
    for (String[] pieces :
        new String[][] {{"X: a\r", "\n b\r\n\r\n"}, {"X: a\r\n", " b\r\n\r\n"}}) {
      try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
        connection.lines("GET /livez HTTP/1.1\nHost: localhost\n");
        for (String piece : pieces) {
          Thread.sleep(50);
          connection.bytes(piece);
        }

        assertProblem(connection.reply().orElseThrow(), 400, "malformed_request");
      }
    }
  }

  @Test
  void aLineThatEndsWithLineFeedAloneIsNone() throws Exception {
    for (String request :
        new String[] {
          "GET /livez HTTP/1.1\r\nHost: localhost\nX: a\r\n\r\n",
          "GET /livez HTTP/1.1\r\nHost: localhost\r\nX: a\n b\r\n\r\n",
          "GET /livez HTTP/1.1\r\nHost: localhost\r\n\n"
        }) {
      try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
        assertProblem(connection.bytes(request).reply().orElseThrow(), 400, "malformed_request");
      }
    }
  }

  @Test
  void aBodyIsNoHead() throws Exception {
    String body = "{\n \n \"name\":1}";
    Reply reply =
        send(
            "POST /livez HTTP/1.1\nHost: localhost\nContent-Length: "
                + body.replace("\n", "\r\n").length()
                + "\n\n"
                + body);

    assertProblem(reply, 405, "method_not_allowed");
  }

  @Test
  void blanksAroundAValueAreNoFold() throws Exception {
    Reply reply = send("GET /livez HTTP/1.1\nHost: \t localhost  \t\nX:\nY:   \nZ: a b\tc \n\n");

    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
  }

  @Test
  void alsoTheSecondRequestOfAConnectionIsLookedAt() throws Exception {
    try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
      connection.lines(
          "GET /none HTTP/1.1\nHost: localhost\nX: 1\n\nGET /none HTTP/1.1\nHost: localhost\nX: 2\n\n"
              + "GET /none HTTP/1.1\nHost: localhost\nX: 3\n 4\n\n");

      assertThat(connection.reply().orElseThrow().status()).isEqualTo(404);
      assertThat(connection.reply().orElseThrow().status()).isEqualTo(404);
      assertThat(connection.reply().orElseThrow().status()).isEqualTo(400);
    }
  }

  /** The document is larger than what waits between two programs: it is written in the middle. */
  @Test
  void whoGoesAwayInTheMiddleOfAnAnswerFillsNoLog() throws Exception {
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.list = new CopyOnWriteArrayList<>();
    said.start();
    Logger container = (Logger) LoggerFactory.getLogger("org.apache.catalina");
    Logger requests = (Logger) LoggerFactory.getLogger(AccessLog.NAME);
    Level before = requests.getLevel();
    requests.setLevel(Level.INFO);
    container.addAppender(said);
    requests.addAppender(said);
    try {
      try (Socket socket = new Socket(SERVER.uri("/").getHost(), SERVER.uri("/").getPort())) {
        socket.setReceiveBufferSize(4096);
        socket
            .getOutputStream()
            .write("GET /v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        socket.setSoLinger(true, 0);
      }
      Soon.holds(() -> said.list.stream().anyMatch(PerimeterTest::isOfTheDocument));
    } finally {
      container.detachAppender(said);
      requests.detachAppender(said);
      requests.setLevel(before);
    }
    assertThat(said.list).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
  }

  private static boolean isOfTheDocument(ILoggingEvent line) {
    return line.getLoggerName().equals(AccessLog.NAME)
        && line.getKeyValuePairs().stream().anyMatch(pair -> "/v1/openapi.json".equals(pair.value));
  }

  @Test
  void nobodyIsSwitchedToHttp2InPlain() throws Exception {
    Reply upgrade =
        send(
            "GET /livez HTTP/1.1\nHost: localhost\nConnection: Upgrade, HTTP2-Settings\n"
                + "Upgrade: h2c\nHTTP2-Settings: AAMAAABkAAQAAP__\n\n");

    assertThat(upgrade.status()).isEqualTo(200);
    assertThat(upgrade.field("Upgrade")).isEmpty();
    try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
      assertThat(connection.lines("PRI * HTTP/2.0\n\nSM\n\n").reply()).isEmpty();
    }
  }

  @Test
  void aTrailingSlashIsAnotherPath() throws Exception {
    assertProblem(send("GET /livez/ HTTP/1.1\nHost: localhost\n\n"), 404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "0x7f.1"})
  void aHostThatNobodyNamedIsRefused(String host) throws Exception {
    assertProblem(send("GET /livez HTTP/1.1\nHost: " + host + "\n\n"), 421, "misdirected_request");
  }

  @Test
  void aHostIsNeverGuessed() throws Exception {
    assertProblem(send("GET /livez HTTP/1.0\n\n"), 421, "misdirected_request");
    assertThat(send("GET /livez HTTP/1.1\nHost: [::1]:99\n\n").status()).isEqualTo(200);
    assertThat(send("GET /livez HTTP/1.1\nHost: LOCALHOST\n\n").status()).isEqualTo(200);
  }

  @Test
  void aStrangersForwardedFieldsAreIgnored() throws Exception {
    assertThat(
            send(
                "GET /livez HTTP/1.1\nHost: localhost\nX-Forwarded-Host: evil.example\n"
                    + "X-Forwarded-Proto: https\nX-Forwarded-For: 10.1.1.1\n\n"))
        .satisfies(
            reply -> {
              assertThat(reply.status()).isEqualTo(200);
              assertThat(reply.field("Strict-Transport-Security")).isEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "TRACE, 501, not_implemented",
    "CONNECT, 501, not_implemented",
    "PROPFIND, 501, not_implemented",
    "get, 501, not_implemented",
    "OPTIONS, 405, method_not_allowed",
    "DELETE, 405, method_not_allowed",
  })
  void aMethodThatNobodyNeedsIsRefused(String method, int status, String code) throws Exception {
    assertProblem(send(method + " /livez HTTP/1.1\nHost: localhost\n\n"), status, code);
  }

  @Test
  void withoutNamedOriginsNobodyIsGrantedAnything() throws Exception {
    for (String origin : List.of("https://evil.example", "null", "http://localhost", "*")) {
      Reply preflight =
          send(
              "OPTIONS /livez HTTP/1.1\nHost: localhost\nOrigin: %s\nAccess-Control-Request-Method: GET\n\n"
                  .formatted(origin));
      Reply simple = send("GET /livez HTTP/1.1\nHost: localhost\nOrigin: %s\n\n".formatted(origin));

      assertProblem(preflight, 403, "cross_site_request");
      for (Reply reply : List.of(preflight, simple)) {
        assertThat(reply.fields()).noneMatch(field -> field.startsWith("Access-Control-"));
      }
    }
  }

  @Test
  void headerFieldsHaveAnEnd() throws Exception {
    assertProblem(
        send("GET / HTTP/1.1\nHost: localhost\nX: " + "a".repeat(20_000) + "\n\n"),
        400,
        "malformed_request");
    assertProblem(
        send("GET / HTTP/1.1\nHost: localhost\n" + "X: a\n".repeat(100) + "\n"),
        400,
        "malformed_request");
    assertProblem(
        send("GET /" + "a".repeat(20_000) + " HTTP/1.1\nHost: localhost\n\n"),
        400,
        "malformed_request");
  }

  @Test
  void aBodyThatSaysItIsTooLargeIsNotAskedFor() throws Exception {
    Reply reply =
        send(
            "POST /livez HTTP/1.1\n"
                + "Host: localhost\n"
                + "Expect: 100-continue\n"
                + "Content-Length: 99999999\n\n");

    assertProblem(reply, 413, "too_large");
    assertThat(reply.field("Connection")).contains("close");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "identity", "gzip, gzip"})
  void anEncodedBodyIsRefused(String encoding) throws Exception {
    assertProblem(
        send(
            "POST /livez HTTP/1.1\nHost: localhost\nContent-Encoding: %s\nContent-Length: 1\n\nx"
                .formatted(encoding)),
        415,
        "unsupported_media_type");
  }

  @Test
  void nothingIsSmuggledBehindABodyWithTwoLengths() throws Exception {
    try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
      connection.lines(
          "POST /nothing HTTP/1.1\n"
              + "Host: localhost\n"
              + "Content-Length: 6\n"
              + "Transfer-Encoding: chunked\n\n"
              + "0\n\n"
              + "GET /livez HTTP/1.1\n"
              + "Host: localhost\n\n");

      assertThat(connection.reply().orElseThrow().status()).isIn(400, 404);
      assertThat(connection.reply()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked\nTransfer-Encoding: x"
      })
  void anUnknownFramingIsRefused(String field) throws Exception {
    Reply reply = send("POST /livez HTTP/1.1\nHost: localhost\n" + field + "\n\n0\n\n");

    assertThat(reply.status()).isIn(400, 501);
    assertSecure(reply);
  }
}
