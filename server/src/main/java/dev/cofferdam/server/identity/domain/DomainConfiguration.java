package dev.cofferdam.server.identity.domain;

import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.egress.TextRecords;
import dev.cofferdam.server.identity.DueWork;
import dev.cofferdam.server.identity.MemberProfiles;
import dev.cofferdam.server.identity.OwnersPost;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantGate;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts domains together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DomainSettings.class)
class DomainConfiguration {
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final SecureRandom random = new SecureRandom();

  @Bean
  DomainActs domainActs(Outbox app, @Ops Outbox ops) {
    return new DomainActs(app, ops);
  }

  @Bean
  DomainChecks domainChecks(
      TextRecords dns,
      @Ops JdbcClient ops,
      DomainActs domainActs,
      @Ops TransactionOperations transaction,
      DomainSettings settings,
      Clock clock) {
    return new DomainChecks(dns, new NotedDomains(ops), domainActs, transaction, settings, clock);
  }

  @Bean
  Domains domains(
      JdbcClient app,
      DomainChecks domainChecks,
      DomainActs domainActs,
      MemberProfiles profiles,
      Authorization authorization,
      TransactionOperations transaction,
      DomainSettings settings,
      Clock clock) {
    return new Domains(
        new DomainRows(app),
        domainChecks,
        domainActs,
        profiles,
        authorization,
        transaction,
        new Ids(clock, random),
        random,
        settings,
        clock);
  }

  @Bean
  DomainRounds domainRounds(
      JdbcClient app,
      @Ops JdbcClient ops,
      DomainChecks domainChecks,
      DomainActs domainActs,
      OwnersPost owners,
      TenantGate gate,
      Clock clock) {
    DomainRows rows = new DomainRows(app);
    return new DomainRounds(
        new NotedDomains(ops),
        rows,
        domainChecks,
        domainActs,
        new DomainLetters(rows, owners, clock),
        gate,
        clock);
  }

  @Bean
  DueWork dueDomains(DomainRounds rounds, Clock clock) {
    return new DueWork(
        "domains",
        EVERY,
        EVERY,
        rounds::workOff,
        "Domains could not be looked at, and are tried again",
        clock);
  }
}
