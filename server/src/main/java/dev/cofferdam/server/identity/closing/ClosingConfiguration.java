package dev.cofferdam.server.identity.closing;

import dev.cofferdam.server.audit.LogClosing;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.identity.Acts;
import dev.cofferdam.server.identity.DueWork;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantData;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantProfiles;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts the end of tenants together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClosingSettings.class)
class ClosingConfiguration {
  private static final Duration EVERY = Duration.ofMinutes(1);

  @Bean
  Closings closings(
      JdbcClient app,
      TransactionOperations transaction,
      TenantProfiles profiles,
      Authorization authorization,
      Acts acts,
      ClosingSettings settings,
      Clock clock) {
    return new Closings(app, transaction, profiles, authorization, acts, settings, clock);
  }

  @Bean
  Erasures erasures(
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      Tenants tenants,
      TenantGate gate,
      TenantData data,
      Keyring keyring,
      LogClosing logs,
      Clock clock) {
    return new Erasures(ops, transaction, tenants, gate, data, keyring, logs, clock);
  }

  @Bean
  DueWork dueErasures(Erasures erasures, Clock clock) {
    return new DueWork(
        "erasures",
        EVERY,
        EVERY,
        () -> {
          // What could not be ended now is for the next round.
          erasures.workOff();
          return 0;
        },
        "Which tenants are to be deleted cannot be known now",
        clock);
  }
}
