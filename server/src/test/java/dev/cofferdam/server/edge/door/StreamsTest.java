package dev.cofferdam.server.edge.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.planted.rooms.Taps;
import dev.cofferdam.server.surface.Authentication;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.testing.RunningServer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers that are longer than anybody's patience, and those who may no longer have them. */
class StreamsTest {
  /** Whom nobody knows any more. */
  private static final Set<String> GONE = ConcurrentHashMap.newKeySet();

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context -> {
            context.registerBean(Authenticator.class, Doorman::new, bean -> bean.setPrimary(true));
            context.registerBean(Taps.class);
          });

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Scope.OfTenant tenant = SERVER.newTenant();
  private final String person = UUID.randomUUID().toString();

  /** Believes what a request says of its caller, until that caller is gone. */
  private static final class Doorman implements Authenticator {
    private final Authenticator strangers = new Strangers();

    @Override
    public Authentication authenticate(HttpServletRequest request) {
      Authentication said = strangers.authenticate(request);
      return said instanceof Authentication.Known(Caller caller)
              && caller.person().map(Object::toString).filter(GONE::contains).isPresent()
          ? new Authentication.Known(new Caller.Anonymous())
          : said;
    }
  }

  private String caller() {
    return "member " + person + " " + tenant.tenant();
  }

  private HttpResponse<InputStream> open(String path) throws Exception {
    return HTTP.send(
        SERVER.request(path).header(Strangers.HEADER, caller()).build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  @Test
  void aLongAnswerIsWrittenInTheCallersScopeBehindItsRecord() throws Exception {
    HttpResponse<InputStream> answer = open("/v1/taps/short");

    assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(tenant.carried());
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"short.txt\"");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Cofferdam-Receipt")).isPresent();
  }

  @Test
  void whoIsRemovedMeanwhileGetsNoMoreAndSeesThatItIsNotAll() throws Exception {
    try (InputStream body = open("/v1/taps/endless").body()) {
      body.readNBytes(100_000);
      GONE.add(person);

      assertThatThrownBy(() -> body.transferTo(OutputStream.nullOutputStream()))
          .isInstanceOf(IOException.class);
    }
    assertThat(open("/v1/taps/short").statusCode()).isEqualTo(401);
  }

  @Test
  void aTenantThatIsClosedMeanwhileGivesNoMore() throws Exception {
    try (InputStream body = open("/v1/taps/endless").body()) {
      body.readNBytes(100_000);
      SERVER.bean(Tenants.class).suspend(tenant.tenant());

      assertThatThrownBy(() -> body.transferTo(OutputStream.nullOutputStream()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatFailsHalfWayDoesNotEndLikeAWhole() throws Exception {
    try (InputStream body = open("/v1/taps/endless?bursts=20").body()) {
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatFailsBeforeItsFirstByteIsAProblemLikeAnyOther() throws Exception {
    HttpResponse<InputStream> answer = open("/v1/taps/endless?bursts=0");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
        .contains("\"internal\"")
        .doesNotContain("plumber");
    assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
  }

  @Test
  void fourAtOnceAreEnoughForOneAndNoneIsTakenFromAnother() throws Exception {
    List<InputStream> open = new ArrayList<>();
    for (int i = 0; i < Streams.MOST_OF_ONE; i++) {
      HttpResponse<InputStream> answer = open("/v1/taps/endless");
      assertThat(answer.statusCode()).isEqualTo(200);
      open.add(answer.body());
    }
    HttpResponse<InputStream> refused = open("/v1/taps/endless");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("5");
    HttpResponse<InputStream> others =
        HTTP.send(
            SERVER
                .request("/v1/taps/short")
                .header(Strangers.HEADER, "member " + UUID.randomUUID() + " " + tenant.tenant())
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(others.statusCode()).isEqualTo(200);

    for (InputStream body : open) {
      body.close();
    }
    int status = 429;
    for (long until = System.nanoTime() + 20_000_000_000L;
        status == 429 && System.nanoTime() < until; ) {
      status = open("/v1/taps/short").statusCode();
    }
    assertThat(status).as("who went away makes room").isEqualTo(200);
  }

  @Test
  void aSlowReaderHoldsNothingButItsConnection() throws Exception {
    Taps taps = SERVER.bean(Taps.class);
    long before = untilItStops(taps);
    URI uri = SERVER.uri("/v1/taps/endless");
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s:%d\r\n%s: %s\r\n\r\n"
                  .formatted(
                      uri.getPath(), uri.getHost(), uri.getPort(), Strangers.HEADER, caller())
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(1000)).startsWith("HTTP/1.1 200".getBytes());
      long poured = untilItStops(taps) - before;

      assertThat(poured).as("no more than the sockets hold").isLessThan(20_000_000);
    }
  }

  /** How much was poured when nothing more is: twice the same, some polls apart. */
  private static long untilItStops(Taps taps) throws InterruptedException {
    long before = -1;
    while (before != taps.poured.get()) {
      before = taps.poured.get();
      Thread.sleep(300);
    }
    return before;
  }
}
