package dev.cofferdam.server.audit.read;

import dev.cofferdam.server.audit.check.LogCheck;
import dev.cofferdam.server.audit.mirror.MirrorDirectory;
import dev.cofferdam.server.audit.mirror.MirrorSettings;
import dev.cofferdam.server.audit.mirror.MirrorStore;
import dev.cofferdam.server.audit.store.AllLogs;
import dev.cofferdam.server.audit.store.PublishedKeys;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantGate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts together what reads the logs and does nothing by itself: for the server, and for the
 * operator's commands, which run beside one or without.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MirrorSettings.class)
class ReadConfiguration {
  private static final String DIRECTORY = "cofferdam.audit.mirror.directory";

  @Bean
  AllLogs allLogs(@Ops JdbcClient ops) {
    return new AllLogs(ops);
  }

  @Bean
  PublishedKeys publishedKeys(Keyring keyring, TenantGate gate) {
    return new PublishedKeys(keyring, gate);
  }

  @Bean
  Records records(JdbcClient app, AllLogs logs) {
    return new Records(app, logs);
  }

  @Bean
  Proofs proofs(JdbcClient app) {
    return new Proofs(app);
  }

  @Bean
  Exports exports(JdbcClient app, Records records) {
    return new Exports(app, records);
  }

  @Bean
  @ConditionalOnProperty(DIRECTORY)
  MirrorStore mirrorStore(MirrorSettings settings) {
    if (settings.directory() == null) {
      throw new IllegalStateException("the setting is there");
    }
    return new MirrorDirectory(settings.directory());
  }

  @Bean
  LogCheck logCheck(JdbcClient app, PublishedKeys keys, ObjectProvider<MirrorStore> store) {
    return new LogCheck(app, keys, store.getIfAvailable());
  }
}
