package dev.cofferdam.server.keyring;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Puts the keyring together. The root key comes from outside: it was read before there was a
 * database.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KeyringSettings.class, TransitSettings.class})
class KeyringConfiguration {

  @Bean(destroyMethod = "close")
  Wrapping wrapping(RootKey rootKey) {
    return new Wrapping(rootKey);
  }

  /**
   * Checks before it gives out: no bean that uses keys can be made on a database that is refused.
   */
  @Bean
  Keyring keyring(
      JdbcClient jdbc,
      TransactionOperations transactions,
      Wrapping wrapping,
      ApplicationEventPublisher events,
      Clock clock,
      ObjectProvider<KeyUsage> usages) {
    KeyringStart.check(
        CryptoProvider.best(),
        wrapping.rootKeyId(),
        new RootKeyRecord(jdbc, transactions, clock),
        jdbc);
    return new Keyring(
        jdbc, transactions, wrapping, events, clock, usages.orderedStream().toList());
  }

  @Bean
  RootKeyReplacements rootKeyReplacements(
      JdbcClient jdbc, TransactionOperations transactions, Clock clock) {
    return new RootKeyReplacements(jdbc, transactions, clock);
  }

  @Bean
  @ConditionalOnProperty("cofferdam.keyring.transit.address")
  TokenKeeper tokenKeeper(TransitSettings settings, Clock clock) {
    return new TokenKeeper(settings, clock);
  }

  @Bean
  ColumnCipher columnCipher(Keyring keyring) {
    return new ColumnCipher(keyring);
  }

  @Bean
  SealedColumns sealedColumns(JdbcClient jdbc) {
    return new SealedColumns(jdbc);
  }
}
