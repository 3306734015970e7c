package dev.cofferdam.server.egress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EgressTest {
  private static final Resolver LOOPBACK = host -> addresses("127.0.0.1");

  /** Nothing is waited for so long, unless the machine is busy. */
  private static final Duration AMPLE = Duration.ofSeconds(60);

  private final Sites sites = new Sites();

  @TempDir private static Path certificates;

  @AfterEach
  void end() throws Exception {
    sites.end();
  }

  @Test
  void theNameIsLookedUpOnceAndTheConnectionGoesToTheAddressThatWasChecked() throws Exception {
    AtomicReference<String> host = new AtomicReference<>();
    int port =
        sites.http(
            "127.0.0.1",
            0,
            exchange -> {
              host.set(exchange.getRequestHeaders().getFirst("Host"));
              answer(exchange, "the checked one");
            });
    sites.http("127.0.0.2", port, exchange -> answer(exchange, "the other one"));
    AtomicInteger asked = new AtomicInteger();
    Resolver rebinding =
        name -> addresses(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2");

    Outcome outcome = send(rebinding, Outgoing.get("http://idp.test:" + port + "/", 100), port);

    assertThat(text(outcome)).isEqualTo("the checked one");
    assertThat(asked).hasValue(1);
    assertThat(host).hasValue("idp.test:" + port);
  }

  @Test
  void aRedirectIsAnAnswerAndNotFollowed() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    int port =
        sites.http(
            "127.0.0.1",
            0,
            exchange -> {
              requests.incrementAndGet();
              exchange.getResponseHeaders().set("Location", "/there");
              exchange.sendResponseHeaders(302, -1);
            });

    Outcome outcome = send(Outgoing.get("http://idp.test:" + port + "/here", 100), port);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Answered.class,
            answered -> {
              assertThat(answered.status()).isEqualTo(302);
              assertThat(answered.header("location")).contains("/there");
            });
    assertThat(requests).hasValue(1);
  }

  @Test
  void nothingIsKeptFromOneRequestToTheNext() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    AtomicReference<Map<String, List<String>>> last = new AtomicReference<>(Map.of());
    int port =
        sites.http(
            "127.0.0.1",
            0,
            exchange -> {
              last.set(Map.copyOf(exchange.getRequestHeaders()));
              exchange.getResponseHeaders().set("Set-Cookie", "a=b; Path=/");
              exchange.getResponseHeaders().set("Cache-Control", "max-age=600");
              exchange.getResponseHeaders().set("ETag", "\"1\"");
              answer(exchange, "" + requests.incrementAndGet());
            });
    try (Egress egress = egress(LOOPBACK, null, "idp.test:" + port)) {
      String url = "http://idp.test:" + port + "/";
      assertThat(text(egress.send(Outgoing.get(url, 100)))).isEqualTo("1");
      assertThat(text(egress.send(Outgoing.get(url, 100)))).isEqualTo("2");
    }
    assertThat(Objects.requireNonNull(last.get()).keySet())
        .containsExactlyInAnyOrder("Host", "User-agent", "Connection");
  }

  @Test
  void whatATenantNamesGoesToNoHostThatOnlyThePlatformMayReach() throws Exception {
    int ours = sites.http("127.0.0.1", 0, exchange -> answer(exchange, "ours"));
    int theirs = sites.http("127.0.0.1", 0, exchange -> answer(exchange, "theirs"));
    EgressSettings settings =
        new EgressSettings(
            List.of("idp.test:" + ours),
            List.of("idp.test:" + theirs),
            null,
            Duration.ofSeconds(1),
            AMPLE,
            64,
            List.of());
    try (Egress egress =
        EgressConfiguration.egress(
            settings,
            Trust.context("cofferdam.egress.trusted-roots", null),
            settings.named(),
            LOOPBACK)) {
      Outgoing toOurs = Outgoing.get("http://idp.test:" + ours + "/", 100);
      Outgoing toTheirs = Outgoing.get("http://idp.test:" + theirs + "/", 100);

      assertThat(text(egress.send(toOurs))).isEqualTo("ours");
      assertThat(text(egress.ofTenants().send(toTheirs))).isEqualTo("theirs");
      assertThat(egress.ofTenants().send(toOurs)).isInstanceOf(Outcome.Refused.class);
      assertThat(egress.send(toTheirs)).isInstanceOf(Outcome.Refused.class);
    }
  }

  @Test
  void proxiesOfTheEnvironmentAreNotUsed() throws Exception {
    AtomicInteger proxied = new AtomicInteger();
    int proxy = sites.http("127.0.0.1", 0, exchange -> proxied.incrementAndGet());
    int port = sites.http("127.0.0.1", 0, exchange -> answer(exchange, "directly"));
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", "" + proxy);
    System.setProperty("http.nonProxyHosts", "");
    try {
      assertThat(text(send(Outgoing.get("http://idp.test:" + port + "/", 100), port)))
          .isEqualTo("directly");
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.proxyPort");
      System.clearProperty("http.nonProxyHosts");
    }
    assertThat(proxied).hasValue(0);
  }

  @Test
  void aFormIsPostedWithItsHeaders() throws Exception {
    AtomicReference<String> got = new AtomicReference<>();
    int port =
        sites.http(
            "127.0.0.1",
            0,
            exchange -> {
              got.set(
                  exchange.getRequestMethod()
                      + " "
                      + exchange.getRequestHeaders().getFirst("Content-Type")
                      + " "
                      + exchange.getRequestHeaders().getFirst("Accept")
                      + " "
                      + new String(exchange.getRequestBody().readAllBytes(), US_ASCII));
              answer(exchange, "");
            });

    send(
        Outgoing.form("http://idp.test:" + port + "/", Map.of("a b", "c&d=é"), 100)
            .with("Accept", "application/json"),
        port);

    assertThat(got)
        .hasValue("POST application/x-www-form-urlencoded application/json a+b=c%26d%3D%C3%A9");
    assertThatThrownBy(() -> Outgoing.get("https://a.example", 1).with("X-Y", "a\r\nb: c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("b: c");
  }

  @Test
  void anAnswerMayBeAsLargeAsWasSaidAndNoLarger() throws Exception {
    int port = sites.http("127.0.0.1", 0, exchange -> answer(exchange, "x".repeat(1000)));
    String url = "http://idp.test:" + port + "/";
    assertThat(text(send(Outgoing.get(url, 1000), port))).hasSize(1000);
    assertFailed(send(Outgoing.get(url, 999), port), Outcome.Cause.TOO_LARGE);
  }

  @Test
  void anAnswerWithoutEndIsGivenUp() throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    int port =
        sites.raw(
            (in, out) -> {
              try {
                write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                while (true) {
                  write(out, "4000\r\n" + "x".repeat(0x4000) + "\r\n");
                }
              } finally {
                cut.countDown();
              }
            });
    assertFailed(
        send(Outgoing.get("http://idp.test:" + port + "/", 10_000), port), Outcome.Cause.TOO_LARGE);
    cut.await();
  }

  @Test
  void headersWithoutEndAreGivenUp() throws Exception {
    int port =
        sites.raw(
            (in, out) -> {
              write(out, "HTTP/1.1 200 OK\r\n");
              while (true) {
                write(out, "X-Header: " + "x".repeat(1000) + "\r\n");
              }
            });
    assertFailed(
        send(Outgoing.get("http://idp.test:" + port + "/", 100), port), Outcome.Cause.GARBLED);
  }

  @Test
  void aServerThatSendsAByteNowAndThenIsCutOff() throws Exception {
    int port =
        sites.raw(
            (in, out) -> {
              write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
              while (true) {
                write(out, "x");
                Thread.sleep(50);
              }
            });
    assertFailed(
        soon(LOOPBACK, Outgoing.get("http://idp.test:" + port + "/", 1000), port),
        Outcome.Cause.TIMED_OUT);
  }

  @Test
  void aServerThatSaysNothingIsCutOffInPlainAndInTls() throws Exception {
    int port = sites.raw((in, out) -> in.transferTo(OutputStream.nullOutputStream()));
    assertFailed(
        soon(LOOPBACK, Outgoing.get("http://idp.test:" + port + "/", 100), port),
        Outcome.Cause.TIMED_OUT);
    assertThat(soon(LOOPBACK, Outgoing.get("https://idp.test:" + port + "/", 100), port))
        .isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void aLookupThatHangsIsLeftBehind() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Resolver hanging =
        host -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return addresses("127.0.0.1");
        };
    assertFailed(
        soon(hanging, Outgoing.get("http://idp.test:1/", 100), 1), Outcome.Cause.TIMED_OUT);
    never.countDown();
  }

  @Test
  void anUnknownNameAndADeadPortAreToldApart() throws Exception {
    Resolver unknown =
        host -> {
          throw new UnknownHostException(host);
        };
    assertFailed(
        send(unknown, Outgoing.get("http://idp.test:1/", 100), 1), Outcome.Cause.UNKNOWN_HOST);
    assertFailed(send(Outgoing.get("http://idp.test:1/", 100), 1), Outcome.Cause.UNREACHABLE);
  }

  @Test
  void whereOneAddressIsDeadTheNextIsTried() throws Exception {
    int port = sites.http("127.0.0.2", 0, exchange -> answer(exchange, "the second"));
    // Where nobody of this machine listens at any port.
    Resolver two = host -> addresses("127.1.2.3", "127.0.0.2");
    assertThat(text(send(two, Outgoing.get("http://idp.test:" + port + "/", 100), port)))
        .isEqualTo("the second");
  }

  @Test
  void aCompressedAnswerIsNotUnpacked() throws Exception {
    int port =
        sites.http(
            "127.0.0.1",
            0,
            exchange -> {
              exchange.getResponseHeaders().set("Content-Encoding", "gzip");
              exchange.sendResponseHeaders(200, 0);
              try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody())) {
                out.write(new byte[1 << 20]);
              }
            });
    assertFailed(
        send(Outgoing.get("http://idp.test:" + port + "/", 10_000), port), Outcome.Cause.GARBLED);
  }

  @Test
  void moreThanTheMostAtOnceAreTurnedAway() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    int port =
        sites.http(
            "127.0.0.1",
            0,
            exchange -> {
              first.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              answer(exchange, "late");
            });
    EgressSettings one =
        new EgressSettings(
            List.of("idp.test:" + port),
            List.of(),
            null,
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            1,
            List.of());
    try (Egress egress =
        EgressConfiguration.egress(
            one, Trust.context("cofferdam.egress.trusted-roots", null), one.named(), LOOPBACK)) {
      String url = "http://idp.test:" + port + "/";
      AtomicReference<@Nullable Outcome> early = new AtomicReference<>();
      Thread waiting =
          Thread.ofVirtual().start(() -> early.set(egress.send(Outgoing.get(url, 100))));
      first.await();
      assertFailed(egress.send(Outgoing.get(url, 100)), Outcome.Cause.BUSY);
      go.countDown();
      waiting.join();
      assertThat(text(early.get())).isEqualTo("late");
      assertThat(text(egress.send(Outgoing.get(url, 100)))).isEqualTo("late");
    }
  }

  @Test
  void tlsIsVerifiedForTheNameThoughTheAddressIsPinned() throws Exception {
    AtomicReference<@Nullable String> indicated = new AtomicReference<>();
    Path idp = Sites.certificate(certificates, "idp.test");
    Path roots = certificates.resolve("idp.test.pem");
    HttpHandler tellsSni =
        exchange -> {
          ExtendedSSLSession session =
              (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
          indicated.set(
              ((SNIHostName) session.getRequestedServerNames().getFirst()).getAsciiName());
          answer(exchange, "verified");
        };
    int port = sites.https(idp, tellsSni);
    int other = sites.https(Sites.certificate(certificates, "other.test"), tellsSni);

    assertThat(text(send(LOOPBACK, Outgoing.get("https://idp.test:" + port, 100), port, roots)))
        .isEqualTo("verified");
    assertThat(indicated).hasValue("idp.test");
    // The right authority for another name, the right name from no authority, and an address.
    for (String url : List.of("https://www.test:" + port, "https://127.0.0.1:" + port + "/")) {
      assertFailed(send(LOOPBACK, Outgoing.get(url, 100), port, roots), Outcome.Cause.UNTRUSTED);
    }
    assertFailed(
        send(LOOPBACK, Outgoing.get("https://other.test:" + other, 100), other, roots),
        Outcome.Cause.UNTRUSTED);
    assertFailed(
        send(LOOPBACK, Outgoing.get("https://idp.test:" + port, 100), port, null),
        Outcome.Cause.UNTRUSTED);
  }

  @Test
  void aFileOfRootsThatHoldsNoneAndABadEntryAreNamed() {
    assertThatThrownBy(() -> Trust.context("cofferdam.egress.trusted-roots", Path.of("pom.xml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cofferdam.egress.trusted-roots")
        .hasMessageContaining("`pom.xml`");
    for (String entry : List.of("idp.internal", "https://idp.internal:443", "*:443", "a:0", "")) {
      assertThatThrownBy(
              () ->
                  new EgressSettings(
                      List.of(entry),
                      List.of(),
                      null,
                      Duration.ofSeconds(3),
                      Duration.ofSeconds(10),
                      64,
                      List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("cofferdam.egress.allowed");
    }
    for (String entry : List.of("dns.example:53", "127.0.0.1", "127.0.0.1:0", "::1", "")) {
      assertThatThrownBy(
              () ->
                  new EgressSettings(
                      List.of(),
                      List.of(),
                      null,
                      Duration.ofSeconds(3),
                      Duration.ofSeconds(10),
                      64,
                      List.of(entry)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("cofferdam.egress.name-servers");
    }
  }

  private static Outcome send(Outgoing outgoing, int port) {
    return send(LOOPBACK, outgoing, port);
  }

  private static Outcome send(Resolver resolver, Outgoing outgoing, int port) {
    return send(resolver, outgoing, port, null);
  }

  /** What a server that would take for ever comes to. */
  private static Outcome soon(Resolver resolver, Outgoing outgoing, int port) {
    try (Egress egress = egress(resolver, null, Duration.ofSeconds(1), "idp.test:" + port)) {
      return egress.send(outgoing);
    }
  }

  private static Outcome send(
      Resolver resolver, Outgoing outgoing, int port, @Nullable Path roots) {
    try (Egress egress =
        egress(
            resolver,
            roots,
            "idp.test:" + port,
            "other.test:" + port,
            "www.test:" + port,
            "127.0.0.1:" + port)) {
      return egress.send(outgoing);
    }
  }

  private static Egress egress(Resolver resolver, @Nullable Path roots, String... named) {
    return egress(resolver, roots, AMPLE, named);
  }

  private static Egress egress(
      Resolver resolver, @Nullable Path roots, Duration totalTime, String... named) {
    EgressSettings settings =
        new EgressSettings(
            List.of(named), List.of(), roots, Duration.ofSeconds(1), totalTime, 64, List.of());
    return EgressConfiguration.egress(
        settings,
        Trust.context("cofferdam.egress.trusted-roots", roots),
        Set.copyOf(settings.named()),
        resolver);
  }

  private static InetAddress[] addresses(String... literals) {
    return java.util.Arrays.stream(literals)
        .map(InetAddress::ofLiteral)
        .toArray(InetAddress[]::new);
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(US_ASCII);
    try (InputStream rest = exchange.getRequestBody()) {
      rest.transferTo(OutputStream.nullOutputStream());
    }
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(US_ASCII));
    out.flush();
  }

  private static String text(@Nullable Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    return outcome instanceof Outcome.Answered answered
        ? new String(answered.body(), US_ASCII)
        : "";
  }

  private static void assertFailed(Outcome outcome, Outcome.Cause cause) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.cause()).isEqualTo(cause));
  }
}
