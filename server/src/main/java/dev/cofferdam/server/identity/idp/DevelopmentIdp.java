package dev.cofferdam.server.identity.idp;

import com.sun.net.httpserver.HttpServer;
import dev.cofferdam.server.identity.IdentityRefusedException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The development IdP, open as long as the server runs. */
public final class DevelopmentIdp implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final String host;

  private DevelopmentIdp(HttpServer server, InetAddress address) {
    this.server = server;
    this.host =
        address instanceof Inet6Address
            ? "[" + address.getHostAddress() + "]"
            : address.getHostAddress();
  }

  /**
   * Opens it.
   *
   * @param open where the server itself listens
   * @throws IdentityRefusedException when others can reach that, or the port is taken
   */
  static DevelopmentIdp open(
      DevelopmentIdpSettings settings, InetSocketAddress open, Callback callback, Clock clock) {
    requireLoopback(open);
    int port = settings.beside(open.getPort());
    try {
      DevelopmentIdp idp =
          new DevelopmentIdp(
              HttpServer.create(new InetSocketAddress(settings.address(), port), 0),
              settings.address());
      idp.serve(callback, settings.anybody(), clock);
      return idp;
    } catch (IOException e) {
      throw new IdentityRefusedException(
          "Port %d on %s, of the development IdP, cannot be used (%s): stop what holds it, or choose another with cofferdam.development-idp.port."
              .formatted(port, settings.address().getHostAddress(), e.getMessage()),
          e);
    }
  }

  private static void requireLoopback(InetSocketAddress open) {
    if (!open.getAddress().isLoopbackAddress()) {
      throw new IdentityRefusedException(
          "The server listens on `%s`, which other hosts reach, and no identity provider is set: the one for development asks nobody for proof. Set cofferdam.idp.issuer to yours, or cofferdam.http.address to `127.0.0.1`."
              .formatted(open.getAddress().getHostAddress()));
    }
  }

  private void serve(Callback callback, boolean anybody, Clock clock) {
    server.setExecutor(requests);
    server.createContext("/", new Endpoints(issuer(), port(), callback, anybody, clock));
    server.start();
  }

  /** Its issuer: plain http, since it is on this machine. */
  public String issuer() {
    return "http://" + host + ":" + port();
  }

  public String host() {
    return host.replaceAll("^\\[|]$", "");
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    requests.shutdownNow();
  }
}
