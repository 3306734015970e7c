package dev.cofferdam.review.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.cofferdam.review.edge.OwnCertificate;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To whom a review sends what it was handed, and how. */
final class TrustedTest {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nCofferdam-Request-Id: r1\r\n\r\nok";

  @TempDir private Path folder;
  private final List<String> written = new ArrayList<>();

  @Test
  void onlyThisMachineIsSpokenToInTheClear() throws IOException {
    assertThat(Trusted.server(URI.create("http://127.0.0.1:8080"))).isNotNull();
    assertThat(Trusted.server(URI.create("https://cofferdam.example"))).isNotNull();
    for (String refused :
        List.of(
            "http://192.0.2.1",
            "ftp://127.0.0.1",
            "https://user@cofferdam.example",
            "https://cofferdam.example/path",
            "https://cofferdam.example?a=b",
            "cofferdam.example")) {
      assertThatIOException()
          .as(refused)
          .isThrownBy(() -> Trusted.server(URI.create(refused)))
          .withMessageContaining(refused);
    }
  }

  @Test
  void aServerIsBelievedThatAnAuthorityVouchesForUnderItsName() throws Exception {
    try (OwnCertificate certificate = OwnCertificate.make();
        ServerSocket listening = secured(certificate.file())) {
      assertThat(answer(listening, "localhost", certificate.file()).text()).isEqualTo("ok");
      assertThatIOException().isThrownBy(() -> answer(listening, "127.0.0.1", certificate.file()));
      assertThatIOException().isThrownBy(() -> answer(listening, "localhost", Path.of("")));
    }
    Path none = Files.writeString(folder.resolve("none.pem"), "no certificate\n");
    assertThatIOException().isThrownBy(() -> Trusted.by(none));
  }

  @Test
  void everyRequestIsMarkedWhateverItIsMadeOfAndWrittenDown() throws Exception {
    try (ServerSocket listening = new ServerSocket(0)) {
      MarkedRoad road = road("http", Path.of(""));
      Site site = new Site("localhost", listening.getLocalPort(), road);
      String asked =
          served(listening, () -> Line.open(site).ask(Ask.get("/one").with("Host", "x")));
      String raw =
          served(
              listening,
              () -> {
                Line line = Line.open(site);
                line.write("POST /two HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n");
                line.write("abc");
                return line.read(false);
              });

      assertThat(asked)
          .startsWith("GET /one HTTP/1.1\r\n")
          .contains("Cofferdam-Review: marker\r\n");
      assertThat(raw)
          .startsWith("POST /two HTTP/1.1\r\nCofferdam-Review: marker\r\n")
          .contains("User-Agent: cofferdam-review/marker\r\n");
    }
    assertThat(written).hasSize(2).last().asString().endsWith("POST /two 200 r1");
  }

  /** A port of TLS with this certificate, and the key beside it. */
  private static ServerSocket secured(Path certificate) throws Exception {
    Certificate own;
    try (InputStream in = Files.newInputStream(certificate)) {
      own = CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
    String pem = Files.readString(certificate.resolveSibling("own.key"));
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "own",
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)),
        new char[0],
        new Certificate[] {own});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context.getServerSocketFactory().createServerSocket(0);
  }

  private MarkedRoad road(String scheme, Path authorities) throws IOException {
    return new MarkedRoad(
        URI.create(scheme + "://localhost"),
        Trusted.by(authorities),
        Pace.of(1000),
        "marker",
        written::add);
  }

  private Reply answer(ServerSocket listening, String host, Path authorities) throws Exception {
    Site site = new Site(host, listening.getLocalPort(), road("https", authorities));
    List<Reply> replies = new ArrayList<>();
    served(
        listening,
        () -> {
          replies.add(Line.open(site).ask(Ask.get("/").with("Host", host)));
          return replies.getFirst();
        });
    return replies.getFirst();
  }

  /** Makes a request; what came of it at the other end, as far as anything did. */
  private static String served(ServerSocket listening, java.util.concurrent.Callable<Reply> request)
      throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> met =
          threads.submit(
              () -> {
                try (Socket socket = listening.accept()) {
                  byte[] bytes = new byte[4096];
                  int length = Math.max(0, socket.getInputStream().read(bytes));
                  socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
                  socket.getOutputStream().flush();
                  return new String(bytes, 0, length, StandardCharsets.US_ASCII);
                }
              });
      Reply reply = request.call();
      assertThat(reply.status()).isEqualTo(200);
      return met.get();
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    }
  }
}
