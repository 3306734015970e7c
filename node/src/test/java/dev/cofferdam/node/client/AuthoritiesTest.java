package dev.cofferdam.node.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a node believes, against a server with a certificate that no public authority made. */
class AuthoritiesTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  private HttpsServer server;
  private Path own;

  @BeforeEach
  void start() throws Exception {
    KeyStore store = made("own");
    own = pem("own", store.getCertificate("own"));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** By the tool that every JDK has, since the JDK has no public way to sign a certificate. */
  private KeyStore made(String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-J-XX:TieredStopAtLevel=1",
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "SAN=dns:localhost,ip:127.0.0.1",
                    "-ext",
                    "BC=ca:true",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    new String(PASSWORD)))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private Path pem(String name, Certificate certificate) throws Exception {
    return Files.writeString(
        folder.resolve(name + ".pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }

  private int ask(@Nullable SSLContext authorities) throws IOException, InterruptedException {
    URI origin = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    return new Wire(origin, authorities).send("GET", "/", Map.of(), null).status();
  }

  @Test
  void theOneThatWasNamedIsBelievedAndNoOther() throws Exception {
    Path another = pem("another", made("another").getCertificate("another"));

    assertThat(ask(Authorities.of(own))).isEqualTo(204);
    assertThatThrownBy(() -> ask(Authorities.of(another))).isInstanceOf(SSLException.class);
    assertThatThrownBy(() -> ask(null)).isInstanceOf(SSLException.class);
  }

  @Test
  void theyStayWithTheKeysAndWhatIsNoneIsRefused() throws Exception {
    NodeHome home = NodeHome.at(folder.resolve("home"));
    assertThat(home.authorities()).isNull();
    home.keepAuthorities(own);
    assertThat(ask(NodeHome.at(folder.resolve("home")).authorities())).isEqualTo(204);

    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Path other = Files.writeString(folder.resolve("other.pem"), "no certificate");
    for (Path none : List.of(empty, other, folder.resolve("none.pem"))) {
      assertThatThrownBy(() -> home.keepAuthorities(none))
          .isInstanceOf(UnusableHomeException.class);
    }
    assertThat(ask(home.authorities())).isEqualTo(204);
  }
}
