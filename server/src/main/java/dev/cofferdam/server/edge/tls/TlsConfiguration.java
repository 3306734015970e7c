package dev.cofferdam.server.edge.tls;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Puts the certificates together, where there are any. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TlsSettings.class)
class TlsConfiguration {

  @Configuration(proxyBeanMethods = false)
  @Conditional(Named.class)
  static class Served {

    @Bean
    ServedCertificates servedCertificates(TlsSettings settings, Clock clock, MeterRegistry meters) {
      ServedCertificates certificates = new ServedCertificates(settings, clock);
      TimeGauge.builder(
              "cofferdam.tls.certificate.ends",
              certificates,
              TimeUnit.SECONDS,
              it -> it.ends().getEpochSecond())
          .description("When the first of the served certificates ends, in seconds since 1970")
          .register(meters);
      Gauge.builder(
              "cofferdam.tls.files.refused", certificates, it -> it.newestAreRefused() ? 1 : 0)
          .description("1 while the newest certificates cannot be served, and old ones are")
          .register(meters);
      return certificates;
    }

    @Bean
    TlsKeeper tlsKeeper(ServedCertificates certificates, TlsSettings settings) {
      return new TlsKeeper(certificates, settings.lookEvery());
    }

    @Bean
    CertificatesHealth certificatesHealthIndicator(ServedCertificates certificates) {
      return new CertificatesHealth(certificates);
    }
  }

  /** Files are named. */
  static final class Named implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return Binder.get(context.getEnvironment())
          .bind("cofferdam.tls.certificate-files", Bindable.listOf(String.class))
          .map(files -> !files.isEmpty())
          .orElse(false);
    }
  }
}
