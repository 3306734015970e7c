package dev.cofferdam.review.agent;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * More ports of the running server. They lead where its public port leads, and are made of what
 * that is made of, by the server's own code.
 */
final class PortCommands {
  private static final String TLS = "dev.cofferdam.server.edge.tls.";
  private static final String WIRE = "dev.cofferdam.server.edge.wire.";

  private final List<Object> open = new ArrayList<>();

  /** The address, then a certificate's file or nothing; answers with the number of the port. */
  synchronized List<@Nullable String> open(List<String> words) {
    Object walls = publicWalls();
    InetAddress address = address(words.get(0));
    Object connector =
        Reflected.make(
            Reflected.type("org.apache.catalina.connector.Connector"), WIRE + "BoundedProtocol");
    Reflected.call(connector, "setPort", 0);
    Reflected.call(connector, "setProperty", "address", words.get(0));
    Reflected.call(fitted(walls, words.get(1)), "fit", connector, address);
    Object service = Reflected.call(engine(walls), "getService");
    setHeaderSize(service, connector);
    Reflected.call(service, "addConnector", connector);
    open.add(connector);
    List<@Nullable String> answer = new ArrayList<>();
    answer.add(Reflected.call(connector, "getLocalPort").toString());
    return answer;
  }

  /** Closes all of them. */
  synchronized void close() {
    if (open.isEmpty()) {
      return;
    }
    Object service = Reflected.call(engine(publicWalls()), "getService");
    for (Object connector : open) {
      Reflected.call(service, "removeConnector", connector);
      Reflected.call(connector, "destroy");
    }
    open.clear();
  }

  private static Object publicWalls() {
    return Captured.all(Seams.WALLS).stream()
        .filter(walls -> Reflected.call(walls, "port").toString().equals("PUBLIC"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the server has no public port"));
  }

  private static Object engine(Object walls) {
    return Reflected.call(Reflected.call(walls, "perimeter"), "getContainer");
  }

  /** The same walls, with a certificate where one is named. */
  private static Object fitted(Object walls, String certificate) {
    if (certificate.isEmpty()) {
      return walls;
    }
    Object settings =
        Reflected.make(
            Reflected.type(TLS + "TlsSettings"),
            List.of(Path.of(certificate)),
            List.of(Path.of(certificate.replaceAll("\\.pem$", ".key"))),
            null,
            Duration.ofHours(1),
            Duration.ofDays(1));
    Object served =
        Reflected.make(Reflected.type(TLS + "ServedCertificates"), settings, Clock.systemUTC());
    return Reflected.make(
        walls.getClass(),
        Reflected.call(walls, "port"),
        Reflected.call(walls, "settings"),
        settings,
        served,
        Reflected.call(walls, "perimeter"));
  }

  /** The framework sets it for the first port, from its own settings. */
  private static void setHeaderSize(Object service, Object connector) {
    Object first = ((Object[]) Reflected.call(service, "findConnectors"))[0];
    Object size =
        Reflected.call(Reflected.call(first, "getProtocolHandler"), "getMaxHttpRequestHeaderSize");
    Reflected.call(
        Reflected.call(connector, "getProtocolHandler"), "setMaxHttpRequestHeaderSize", size);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
