package dev.cofferdam.server.oauth.exchange;

import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.identity.oidc.TokenIssuers;
import dev.cofferdam.server.oauth.issuing.AccessTokens;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantGate;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts the exchange of tokens together. */
@Configuration(proxyBeanMethods = false)
class ExchangeConfiguration {

  @Bean
  Trust trust(
      JdbcClient app,
      @Ops JdbcClient ops,
      TransactionOperations transaction,
      @Ops TransactionOperations opsTransaction,
      Authorization authorization,
      Outbox appOutbox,
      @Ops Outbox opsOutbox,
      Clock clock) {
    TrustActs acts = new TrustActs(appOutbox, opsOutbox);
    return new Trust(
        new TrustRows(app),
        new MadeRules(ops, opsTransaction, acts),
        transaction,
        authorization,
        acts,
        new Ids(clock, new SecureRandom()),
        clock);
  }

  @Bean
  PlacedRules placedRules(@Ops JdbcClient ops) {
    return new PlacedRules(ops);
  }

  @Bean
  RuleClients ruleClients(PlacedRules placedRules) {
    return new RuleClients(placedRules);
  }

  @Bean
  RuleHolders ruleHolders(PlacedRules placedRules) {
    return new RuleHolders(placedRules);
  }

  @Bean
  ExchangeGrant exchangeGrant(
      PlacedRules placedRules,
      TokenIssuers tokenIssuers,
      AccessTokens accessTokens,
      TenantGate gate,
      @Ops Outbox outbox,
      @Ops TransactionOperations transaction,
      Clock clock) {
    return new ExchangeGrant(
        placedRules,
        new KnownIssuers(tokenIssuers),
        accessTokens,
        gate,
        outbox,
        transaction,
        clock);
  }
}
