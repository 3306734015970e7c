package dev.cofferdam.server.edge.wire;

import dev.cofferdam.server.edge.EdgeSettings;
import dev.cofferdam.server.surface.Ids;
import java.util.Set;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.actuate.endpoint.web.EndpointMediaTypes;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * What both ports have in common. The one for management is a context of its own, which does not
 * see the customizers of its parent: it imports this class by {@link ManagementPortConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EdgeSettings.class)
class PortConfiguration {

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> perimeter(
      EdgeSettings settings, Ids ids) {
    return new Walls(new Perimeter(settings, ids, new AccessLog()));
  }

  /** Plain JSON: the usual media type of these endpoints names the framework. */
  @Bean
  EndpointMediaTypes plainJson() {
    return new EndpointMediaTypes("application/json");
  }

  /** Last, so that it finds and removes the error page of the management context. */
  @Order(Ordered.LOWEST_PRECEDENCE)
  private record Walls(Perimeter perimeter)
      implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
      factory.setErrorPages(Set.of());
      factory.addEngineValves(perimeter);
      factory.addConnectorCustomizers(Walls::harden);
      factory.addContextCustomizers(
          context -> {
            StandardHost host = (StandardHost) context.getParent();
            host.setErrorReportValveClass(ProblemValve.class.getName());
            host.getPipeline().addValve(new ProblemValve());
          });
    }

    private static void harden(Connector connector) {
      // Ours sends 501 for it, as for every method that nobody needs.
      connector.setAllowTrace(true);
      connector.setXpoweredBy(false);
      if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
        // A body that is refused by its header fields is never asked for.
        http.setContinueResponseTiming("onRead");
        http.setMaxTrailerSize(0);
        http.setMaxExtensionSize(0);
        http.setMaxHeaderCount(64);
      }
    }
  }
}
