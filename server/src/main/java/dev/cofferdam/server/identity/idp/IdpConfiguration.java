package dev.cofferdam.server.identity.idp;

import dev.cofferdam.server.egress.NamedDestination;
import dev.cofferdam.server.identity.oidc.Client;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Opens the development IdP, where no other identity provider is set. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DevelopmentIdpSettings.class)
class IdpConfiguration {

  @Configuration(proxyBeanMethods = false)
  @Conditional(NoOther.class)
  static class Opened {

    @Bean(destroyMethod = "close")
    DevelopmentIdp developmentIdp(
        DevelopmentIdpSettings settings, Environment environment, Clock clock) {
      // Without an address the framework listens everywhere.
      InetSocketAddress open =
          new InetSocketAddress(
              environment.getProperty(
                  "server.address", InetAddress.class, InetAddress.ofLiteral("0.0.0.0")),
              environment.getProperty("server.port", Integer.class, 8080));
      Callback callback =
          new Callback(
              () -> environment.getRequiredProperty("local.server.port", Integer.class),
              "/sign-in/callback");
      return DevelopmentIdp.open(settings, open, callback, clock);
    }

    /** On loopback, and on a port of its own: nobody gets there unless it is named. */
    @Bean
    NamedDestination developmentIdpDestination(DevelopmentIdp idp) {
      return new NamedDestination(idp.host(), idp.port());
    }

    @Bean
    Client developmentClient(DevelopmentIdp idp) {
      return Client.ofDevelopment(
          idp.issuer(), AuthorizationRequest.CLIENT, SignedTokens.OPERATORS);
    }
  }

  /** No issuer is set. */
  static final class NoOther implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !context.getEnvironment().containsProperty("cofferdam.idp.issuer");
    }
  }
}
