package dev.cofferdam.server.edge.wire;

import dev.cofferdam.server.edge.EdgeSettings;
import dev.cofferdam.server.edge.tls.Port;
import dev.cofferdam.server.edge.tls.ServedCertificates;
import dev.cofferdam.server.edge.tls.TlsSettings;
import java.net.InetAddress;
import java.util.Set;
import org.apache.catalina.Engine;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * What a port is made of. Last, so that it finds and removes the error page of the management
 * context.
 *
 * @param certificates null where no port speaks TLS
 */
@Order(Ordered.LOWEST_PRECEDENCE)
record Walls(
    Port port,
    EdgeSettings settings,
    TlsSettings tls,
    @Nullable ServedCertificates certificates,
    Perimeter perimeter)
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private static final int EMPTY_LINE = 2;

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.setErrorPages(Set.of());
    factory.setProtocol(BoundedProtocol.class.getName());
    factory.addEngineValves(perimeter);
    factory.addConnectorCustomizers(connector -> fit(connector, factory.getAddress()));
    factory.addContextCustomizers(
        context -> {
          StandardHost host = (StandardHost) context.getParent();
          // The container gives this name to whoever names none: it is nobody's.
          host.setName(Perimeter.UNNAMED);
          ((Engine) host.getParent()).setDefaultHost(Perimeter.UNNAMED);
          host.setErrorReportValveClass(ProblemValve.class.getName());
          host.getPipeline().addValve(new ProblemValve());
        });
  }

  /**
   * Makes of a bare connector one that speaks what the port is to speak, and no more.
   *
   * @param address that it will listen on, null for all
   */
  void fit(Connector connector, @Nullable InetAddress address) {
    harden(connector);
    ServedCertificates.open(tls, certificates, port, address, connector);
  }

  private void harden(Connector connector) {
    // Ours sends 501 for it, as for every method that nobody needs.
    connector.setAllowTrace(true);
    connector.setXpoweredBy(false);
    BoundedProtocol http = (BoundedProtocol) connector.getProtocolHandler();
    http.setPatience(settings.headTimeout());
    http.setBodyPatience(settings.bodyTimeout());
    http.keepNoBuffers();
    // A body that is refused by its header fields is never asked for.
    http.setContinueResponseTiming("onRead");
    // Room for the empty line that ends every chunked body, and for no trailer.
    http.setMaxTrailerSize(EMPTY_LINE);
    http.setMaxExtensionSize(0);
    http.setMaxHeaderCount(64);
  }
}
