package dev.cofferdam.server.audit.check;

import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.mirror.LogMirror;
import dev.cofferdam.server.audit.mirror.MirrorSettings;
import dev.cofferdam.server.audit.mirror.MirrorStore;
import dev.cofferdam.server.audit.mirror.MirrorWatch;
import dev.cofferdam.server.audit.mirror.Mirroring;
import dev.cofferdam.server.audit.mirror.WatchedStore;
import dev.cofferdam.server.audit.store.AllLogs;
import dev.cofferdam.server.audit.store.HeadFollower;
import dev.cofferdam.server.audit.witness.Witness;
import dev.cofferdam.server.audit.witness.WitnessDoor;
import dev.cofferdam.server.audit.witness.WitnessSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts together what follows the logs by itself. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CheckSettings.class, WitnessSettings.class})
class CheckConfiguration {
  private static final String DIRECTORY = "cofferdam.audit.mirror.directory";
  private static final Duration SEARCH_EVERY = Duration.ofSeconds(5);

  /** Makes records searchable as they come; a search waits for what is left. */
  @Bean
  HeadFollower searchFollower(AllLogs logs) {
    return HeadFollower.ofSeveral(
        "audit-search", logs, SEARCH_EVERY, SearchFilling.LOGS, new SearchFilling(logs));
  }

  @Bean
  @ConditionalOnProperty("cofferdam.audit.witness.url")
  Witness auditWitness(
      WitnessSettings settings,
      WitnessDoor door,
      JdbcClient app,
      Clock clock,
      ObjectProvider<MeterRegistry> registry) {
    return new Witness(
        Objects.requireNonNull(settings.url()),
        NoteKey.parse(Objects.requireNonNull(settings.publicKey())),
        door,
        app,
        clock,
        meters(registry));
  }

  @Bean
  @ConditionalOnProperty(DIRECTORY)
  Mirroring mirroring(
      MirrorStore store,
      MirrorWatch watch,
      ObjectProvider<Witness> witness,
      JdbcClient app,
      AllLogs logs,
      Clock clock,
      MirrorSettings settings,
      ObjectProvider<MeterRegistry> registry) {
    return new Mirroring(
        new LogMirror(new WatchedStore(store, watch), app, witness.getIfAvailable()),
        watch,
        logs,
        clock,
        settings.beginAgain(),
        meters(registry));
  }

  @Bean
  @ConditionalOnProperty(DIRECTORY)
  HeadFollower mirrorFollower(Mirroring mirroring, AllLogs logs, MirrorSettings settings) {
    return HeadFollower.ofEach("audit-mirror", logs, settings.every(), mirroring::follow);
  }

  @Bean
  SelfCheck selfCheck(
      AllLogs logs,
      LogCheck check,
      ObjectProvider<MirrorStore> store,
      AuditLog records,
      Clock clock,
      CheckSettings settings,
      ObjectProvider<MeterRegistry> registry) {
    return new SelfCheck(
        logs, check, store.getIfAvailable(), records, clock, settings.every(), meters(registry));
  }

  @Bean
  DivergenceHealth auditDivergenceHealthIndicator(
      SelfCheck check, ObjectProvider<Mirroring> mirroring) {
    return new DivergenceHealth(check, mirroring.getIfAvailable());
  }

  private static MeterRegistry meters(ObjectProvider<MeterRegistry> registry) {
    return registry.getIfAvailable(SimpleMeterRegistry::new);
  }
}
