package dev.cofferdam.server.edge.wire;

import dev.cofferdam.server.edge.EdgeSettings;
import dev.cofferdam.server.edge.tls.Port;
import dev.cofferdam.server.edge.tls.ServedCertificates;
import dev.cofferdam.server.edge.tls.TlsSettings;
import dev.cofferdam.server.surface.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;

/**
 * The management port: a context of its own, which does not see the customizers of its parent.
 * Named in {@code META-INF/spring}, and without an annotation, which would have the parent find it
 * too.
 */
class ManagementPortConfiguration {

  @Bean
  Walls managementWalls(
      EdgeSettings settings,
      TlsSettings tls,
      ObjectProvider<ServedCertificates> certificates,
      Ids ids,
      MeterRegistry meters) {
    return PortConfiguration.walls(Port.MANAGEMENT, settings, tls, certificates, ids, meters);
  }
}
