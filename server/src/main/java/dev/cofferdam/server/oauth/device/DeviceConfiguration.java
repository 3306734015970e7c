package dev.cofferdam.server.oauth.device;

import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.identity.token.AllowedTokens;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.limits.Limits;
import dev.cofferdam.server.oauth.ClientRegistry;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.oauth.authorization.NewGrants;
import dev.cofferdam.server.oauth.client.Applications;
import dev.cofferdam.server.oauth.client.OpenClients;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.tenancy.Ops;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts asking by a code, answering and redeeming together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeviceSettings.class)
class DeviceConfiguration {
  private final SecureRandom random = new SecureRandom();

  @Bean
  RingMac deviceRing(Keyring keyring, Clock clock) {
    return new RingMac(keyring, KeyPurpose.DEVICE, clock);
  }

  @Bean
  ClientRegistry commandLineRegistry(DeviceSettings settings) {
    return new CommandLineClient(settings)::client;
  }

  @Bean
  Applications commandLineApplications(DeviceSettings settings) {
    return new CommandLineClient(settings)::application;
  }

  @Bean
  DeviceRequests deviceRequests(
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      List<Applications> clients,
      RingMac deviceRing,
      DeviceSettings settings,
      AllowedTokens tokens,
      Clock clock) {
    return new DeviceRequests(
        ops,
        transaction,
        clients,
        deviceRing,
        random,
        new Ids(clock, random),
        settings,
        tokens,
        clock);
  }

  @Bean
  DeviceAnswers deviceAnswers(
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      DeviceActs deviceActs,
      Limits limits,
      OpenClients openClients,
      Clock clock) {
    return new DeviceAnswers(ops, transaction, deviceActs, limits, openClients, clock);
  }

  @Bean
  DeviceActs deviceActs(Outbox app, TransactionOperations transaction, @Ops Outbox ops) {
    return new DeviceActs(app, transaction, ops);
  }

  @Bean
  TypedCodes typedCodes(DeviceRequests deviceRequests, DeviceActs deviceActs, Limits limits) {
    return new TypedCodes(deviceRequests, deviceActs, limits);
  }

  @Bean
  GrantType deviceGrant(
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      NewGrants newGrants,
      AllowedTokens tokens,
      RingMac deviceRing,
      Clock clock) {
    return new DeviceGrant(ops, transaction, newGrants, tokens, deviceRing, clock);
  }
}
