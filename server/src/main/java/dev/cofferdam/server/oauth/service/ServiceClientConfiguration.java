package dev.cofferdam.server.oauth.service;

import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.tenancy.Ops;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts service clients together. */
@Configuration(proxyBeanMethods = false)
class ServiceClientConfiguration {

  @Bean
  FoundServiceClients foundServiceClients(@Ops JdbcClient ops) {
    return new FoundServiceClients(ops);
  }

  @Bean
  ServiceClients serviceClients(
      JdbcClient app,
      @Ops JdbcClient ops,
      TransactionOperations appTransaction,
      @Ops TransactionOperations opsTransaction,
      Outbox outbox,
      @Ops Outbox opsOutbox,
      Authorization authorization,
      Ids ids,
      Clock clock) {
    ServiceClientActs acts = new ServiceClientActs(outbox, opsOutbox);
    return new ServiceClients(
        new ServiceClientRows(app),
        new MadeServiceClients(ops, opsTransaction, acts, ids, clock),
        acts,
        authorization,
        appTransaction,
        clock);
  }
}
