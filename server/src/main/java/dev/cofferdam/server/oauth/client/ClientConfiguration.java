package dev.cofferdam.server.oauth.client;

import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.egress.Egress;
import dev.cofferdam.server.oauth.ClientRegistry;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.tenancy.Ops;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts clients together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClientSettings.class)
class ClientConfiguration {
  @Bean
  Clients clients(
      JdbcClient app,
      @Ops JdbcClient ops,
      TransactionOperations transaction,
      @Ops TransactionOperations opsTransaction,
      Outbox outbox,
      @Ops Outbox opsOutbox,
      ClientSettings settings,
      Clock clock) {
    return new Clients(
        new ClientRows(app),
        ops,
        transaction,
        opsTransaction,
        new ClientActs(outbox, opsOutbox),
        settings,
        new Ids(clock, new SecureRandom()),
        clock);
  }

  @Bean
  OpenClients openClients(
      JdbcClient app,
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      @Ops Outbox outbox,
      ClientSettings settings,
      Clock clock) {
    return new OpenClients(
        app, ops, transaction, outbox, settings, new Ids(clock, new SecureRandom()), clock);
  }

  @Bean
  ClientRegistry openClientRegistry(OpenClients openClients) {
    return openClients.registry();
  }

  @Bean
  Applications openApplications(OpenClients openClients) {
    return openClients.applications();
  }

  @Bean
  PublishedClients publishedClients(Egress egress, ClientSettings settings, Clock clock) {
    return new PublishedClients(egress.ofTenants(), settings, clock);
  }

  @Bean
  ClientRegistry publishedClientRegistry(PublishedClients publishedClients) {
    return publishedClients.registry();
  }

  @Bean
  Applications publishedApplications(PublishedClients publishedClients) {
    return publishedClients.applications();
  }

  @Bean
  PlacedClients placedClients(@Ops JdbcClient ops) {
    return new PlacedClients(ops);
  }

  @Bean
  ClientRegistry placedClientRegistry(PlacedClients placedClients) {
    return placedClients.registry();
  }

  @Bean
  Applications placedApplications(PlacedClients placedClients) {
    return placedClients.applications();
  }
}
