package dev.cofferdam.server.egress;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.cofferdam.server.testing.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Real servers on loopback, honest and other; all end with {@link #end}. */
final class Sites {
  private final List<AutoCloseable> open = new ArrayList<>();

  /** What a raw site does with a connection. */
  @FunctionalInterface
  interface Conversation {
    void with(InputStream in, OutputStream out) throws Exception;
  }

  static EgressSettings settings() {
    return new EgressSettings(
        List.of(), List.of(), null, Duration.ofMillis(500), Duration.ofSeconds(1), 64, List.of());
  }

  /** An honest site on plain http. Returns its port. */
  int http(String address, int port, HttpHandler handler) throws IOException {
    return serve(HttpServer.create(at(address, port), 0), handler);
  }

  /** A site with the certificate of {@code keys}. */
  int https(Path keys, HttpHandler handler) throws IOException, GeneralSecurityException {
    HttpsServer server = HttpsServer.create(at("127.0.0.1", 0), 0);
    KeyStore store = KeyStore.getInstance(keys.toFile(), "password".toCharArray());
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(store, "password".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return serve(server, handler);
  }

  private int serve(HttpServer server, HttpHandler handler) {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          }
        });
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(executor);
    server.start();
    open.add(
        () -> {
          server.stop(0);
          executor.shutdownNow();
        });
    return server.getAddress().getPort();
  }

  /** A site that speaks byte by byte. Returns its port. */
  int raw(Conversation conversation) throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    open.add(socket);
    Thread.ofVirtual()
        .start(
            () -> {
              while (!socket.isClosed()) {
                try {
                  Socket connection = socket.accept();
                  open.add(connection);
                  Thread.ofVirtual().start(() -> converse(connection, conversation));
                } catch (IOException e) {
                  return;
                }
              }
            });
    return socket.getLocalPort();
  }

  private static void converse(Socket connection, Conversation conversation) {
    try (connection) {
      conversation.with(connection.getInputStream(), connection.getOutputStream());
    } catch (Exception e) {
      // The client has gone away, which is what most of these tests are about.
    }
  }

  /** A new key with a certificate for {@code host}, signed by itself, beside its PEM file. */
  static Path certificate(Path directory, String host) throws Exception {
    Path keys = directory.resolve(host + ".p12");
    byte[] made = Certificates.ofItself(host, keys, "password").getEncoded();
    Files.writeString(directory.resolve(host + ".pem"), Certificates.pem("CERTIFICATE", made));
    return keys;
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  void end() throws Exception {
    for (AutoCloseable one : List.copyOf(open)) {
      one.close();
    }
  }
}
