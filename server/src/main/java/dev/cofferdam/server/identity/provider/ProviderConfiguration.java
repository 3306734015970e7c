package dev.cofferdam.server.identity.provider;

import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.identity.DueWork;
import dev.cofferdam.server.identity.OwnersPost;
import dev.cofferdam.server.identity.Sessions;
import dev.cofferdam.server.identity.SignInPolicies;
import dev.cofferdam.server.identity.domain.Domains;
import dev.cofferdam.server.identity.oidc.RelyingParties;
import dev.cofferdam.server.keyring.ColumnCipher;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantProfiles;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts tenants' own providers together. */
@Configuration(proxyBeanMethods = false)
class ProviderConfiguration {

  @Bean
  ProviderActs providerActs(Outbox app, @Ops Outbox ops) {
    return new ProviderActs(app, ops);
  }

  @Bean
  PlacedProviders placedProviders(@Ops JdbcClient ops, @Ops TransactionOperations opsTransaction) {
    return new PlacedProviders(ops, opsTransaction);
  }

  @Bean
  Providers providers(
      JdbcClient app,
      PlacedProviders placedProviders,
      ColumnCipher cipher,
      Sessions sessions,
      ProviderActs providerActs,
      Authorization authorization,
      TransactionOperations transaction,
      Clock clock) {
    return new Providers(
        new ProviderRows(app),
        placedProviders,
        new SealedCredentials(cipher),
        sessions,
        providerActs,
        authorization,
        transaction,
        new Ids(clock, new SecureRandom()),
        clock);
  }

  @Bean
  ProviderLetters providerLetters(
      JdbcClient app,
      PlacedProviders placedProviders,
      TenantProfiles tenants,
      OwnersPost owners,
      TenantGate gate,
      Clock clock) {
    return new ProviderLetters(
        placedProviders, new ProviderRows(app), tenants, owners, gate, clock);
  }

  @Bean
  DueWork dueProviderLetters(ProviderLetters providerLetters, Clock clock) {
    return DueWork.ofLetters(providerLetters::send, clock);
  }

  @Bean
  TenantSignIns tenantSignIns(
      JdbcClient app,
      PlacedProviders placedProviders,
      TenantGate gate,
      ColumnCipher cipher,
      RelyingParties relyingParties,
      Domains domains,
      SignInPolicies policies,
      ProviderActs providerActs,
      TransactionOperations transaction,
      DueWork dueProviderLetters,
      Clock clock) {
    return new TenantSignIns(
        placedProviders,
        gate,
        new ProviderRows(app),
        new SealedCredentials(cipher),
        relyingParties,
        domains,
        policies,
        providerActs,
        transaction,
        dueProviderLetters::now,
        clock);
  }
}
