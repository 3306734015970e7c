package dev.cofferdam.server.secrets;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Surroundings;
import dev.cofferdam.server.authz.ThingGrants;
import dev.cofferdam.server.egress.Egress;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.surface.Ids;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts secrets together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SecretsSettings.class, SecretStoreSettings.class})
class SecretsConfiguration {

  @Bean
  DataKeyUsage dataKeyUsage(JdbcClient app) {
    return new DataKeyUsage(new VersionRows(app));
  }

  @Bean
  ValueCells valueCells(JdbcClient app, Keyring keyring) {
    return new ValueCells(new VersionRows(app), new ValueCipher(keyring));
  }

  @Bean
  Erasing erasing(JdbcClient app) {
    return new Erasing(new VersionRows(app));
  }

  @Bean
  Secrets secrets(
      JdbcClient app,
      Surroundings projects,
      Keyring keyring,
      Authorization authorization,
      ThingGrants grants,
      Outbox outbox,
      SecretsSettings settings,
      StoredElsewhere elsewhere,
      TransactionOperations transaction,
      Clock clock) {
    return new Secrets(
        projects,
        new SecretRows(app),
        new VersionRows(app),
        new ValueCipher(keyring),
        authorization,
        grants,
        new SecretActs(outbox),
        settings,
        elsewhere.isThere(),
        transaction,
        new Ids(clock, new SecureRandom()),
        clock);
  }

  @Bean
  SecretGrants secretGrants(Secrets secrets, ThingGrants grants) {
    return new SecretGrants(secrets, grants);
  }

  @Bean
  StoredElsewhere storedElsewhere(Egress egress, SecretStoreSettings settings, Clock clock) {
    return new StoredElsewhere(egress, settings, clock);
  }

  @Bean
  NodeReads nodeReads(
      JdbcClient app,
      Keyring keyring,
      StoredElsewhere elsewhere,
      Authorization authorization,
      Clock clock) {
    return new NodeReads(
        new NodeReadRows(app),
        new OwnValues(new ValueCipher(keyring)),
        elsewhere,
        CryptoProvider.best().hpke(),
        authorization,
        clock);
  }
}
