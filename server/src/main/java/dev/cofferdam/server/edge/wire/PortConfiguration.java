package dev.cofferdam.server.edge.wire;

import dev.cofferdam.server.edge.EdgeSettings;
import dev.cofferdam.server.edge.tls.Port;
import dev.cofferdam.server.edge.tls.ServedCertificates;
import dev.cofferdam.server.edge.tls.TlsSettings;
import dev.cofferdam.server.surface.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.web.EndpointMediaTypes;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The public port. That for management is {@link ManagementPortConfiguration}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EdgeSettings.class)
class PortConfiguration {

  @Bean
  Walls walls(
      EdgeSettings settings,
      TlsSettings tls,
      ObjectProvider<ServedCertificates> certificates,
      Ids ids,
      MeterRegistry meters) {
    return walls(Port.PUBLIC, settings, tls, certificates, ids, meters);
  }

  static Walls walls(
      Port port,
      EdgeSettings settings,
      TlsSettings tls,
      ObjectProvider<ServedCertificates> certificates,
      Ids ids,
      MeterRegistry meters) {
    return new Walls(
        port,
        settings,
        tls,
        certificates.getIfAvailable(),
        new Perimeter(settings, ids, new AccessLog(), new RequestTimes(meters)));
  }

  /** Plain JSON: the usual media type of these endpoints names the framework. */
  @Bean
  EndpointMediaTypes plainJson() {
    return new EndpointMediaTypes("application/json");
  }
}
