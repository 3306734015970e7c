package dev.cofferdam.server.launch.http;

import java.util.Set;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.actuate.endpoint.web.EndpointMediaTypes;
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
class PortConfiguration {

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problems() {
    return new Problems();
  }

  /** Plain JSON: the usual media type of these endpoints names the framework. */
  @Bean
  EndpointMediaTypes plainJson() {
    return new EndpointMediaTypes("application/json");
  }

  /** Last, so that it finds and removes the error page of the management context. */
  @Order(Ordered.LOWEST_PRECEDENCE)
  private static final class Problems
      implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
      factory.setErrorPages(Set.of());
      factory.addContextCustomizers(
          context -> {
            StandardHost host = (StandardHost) context.getParent();
            host.setErrorReportValveClass(ProblemValve.class.getName());
            host.getPipeline().addValve(new ProblemValve());
          });
    }
  }
}
