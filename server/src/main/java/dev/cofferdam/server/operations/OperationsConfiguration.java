package dev.cofferdam.server.operations;

import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantDirectory;
import dev.cofferdam.server.tenancy.Tenants;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SignOffSettings.class)
class OperationsConfiguration {

  @Bean
  OperatedTenants operatedTenants(TenantDirectory directory, Tenants tenants, @Ops Outbox outbox) {
    return new OperatedTenants(directory, tenants, outbox);
  }

  @Bean
  SignOffs signOffs(@Ops TransactionOperations transaction, @Ops Outbox outbox) {
    return new SignOffs(transaction, outbox);
  }

  @Bean
  SignOffWatch signOffWatch(
      SignOffSettings settings,
      ConfigurableEnvironment environment,
      Clock clock,
      MeterRegistry meters) {
    SignOffWatch watch =
        new SignOffWatch(settings, new Running(Running.here(), environment), clock);
    for (String part : Drift.ALL) {
      Gauge.builder(
              "cofferdam.sign.off.drifted",
              watch,
              it -> it.seen().standing().drifted().contains(part) ? 1 : 0)
          .tag("part", part)
          .description("1 while this part of what runs is not as it was signed off")
          .register(meters);
    }
    return watch;
  }
}
