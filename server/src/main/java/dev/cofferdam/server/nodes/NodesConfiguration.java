package dev.cofferdam.server.nodes;

import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Grants;
import dev.cofferdam.server.authz.Members;
import dev.cofferdam.server.authz.Nodes;
import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.MadeBetween;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantGate;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts nodes together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NodeSettings.class)
class NodesConfiguration {
  private final SecureRandom random = new SecureRandom();

  @Bean
  Nodes tenantNodes(JdbcClient app) {
    return new TenantNodes(new NodeRows(app));
  }

  @Bean
  RingMac bootstrapRing(Keyring keyring, Clock clock) {
    return new RingMac(keyring, KeyPurpose.BOOTSTRAP, clock);
  }

  @Bean
  MadeBetween bootstrapTokensOfKeys(JdbcClient app, Clock clock) {
    return new MadeBetween(
        app,
        clock,
        KeyPurpose.BOOTSTRAP,
        "bootstrap tokens",
        "select nodes.bootstraps_between(:from, :until, :now)");
  }

  @Bean
  NodeActs nodeActs(Outbox app, @Ops Outbox ops) {
    return new NodeActs(app, ops);
  }

  @Bean
  NodeRights nodeRights(Authorization authorization, Clock clock) {
    return new NodeRights(authorization, clock);
  }

  @Bean
  RegisteredNodes registeredNodes(
      JdbcClient app,
      Grants grants,
      NodeRights nodeRights,
      NodeActs nodeActs,
      TransactionOperations transaction,
      Clock clock) {
    return new RegisteredNodes(new NodeRows(app), grants, nodeRights, nodeActs, transaction, clock);
  }

  @Bean
  BootstrapTokens bootstrapTokens(
      JdbcClient app,
      Members members,
      NodeRights nodeRights,
      NodeActs nodeActs,
      RingMac bootstrapRing,
      TransactionOperations transaction,
      NodeSettings settings,
      Clock clock) {
    return new BootstrapTokens(
        new BootstrapRows(app),
        members,
        nodeRights,
        nodeActs,
        bootstrapRing,
        random,
        transaction,
        new Ids(clock, random),
        settings,
        clock);
  }

  @Bean
  NodeClients nodeClients(@Ops JdbcClient ops, Clock clock) {
    return new NodeClients(ops, clock);
  }

  @Bean
  OwnKeys ownKeys(
      JdbcClient app,
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      NodeActs nodeActs,
      Clock clock) {
    return new OwnKeys(new NodeRows(app), ops, transaction, nodeActs, clock);
  }

  @Bean
  Registrations registrations(
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      TenantGate gate,
      RingMac bootstrapRing,
      NodeActs nodeActs,
      NodeSettings settings,
      Clock clock) {
    return new Registrations(
        new OpsNodes(ops),
        gate,
        bootstrapRing,
        nodeActs,
        transaction,
        new Ids(clock, random),
        settings,
        clock);
  }
}
