package dev.cofferdam.server.audit;

import dev.cofferdam.server.audit.mirror.MirrorSettings;
import dev.cofferdam.server.audit.mirror.MirrorWatch;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.RootKeyReplacements;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantGate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts the writing side of the logs together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditSettings.class)
class AuditConfiguration {

  @Bean
  AuditMetrics auditMetrics(ObjectProvider<MeterRegistry> registry) {
    return new AuditMetrics(registry.getIfAvailable(SimpleMeterRegistry::new));
  }

  @Bean
  Intake auditIntake(AuditSettings settings) {
    return new Intake(settings.queueRecords(), settings.queueSize().toBytes());
  }

  @Bean
  Backlog auditBacklog(AuditSettings settings, AuditMetrics metrics, Intake intake, Clock clock) {
    Backlog backlog = new Backlog(clock, settings.longestLag());
    metrics.watch(intake, backlog);
    return backlog;
  }

  @Bean
  Awaited auditAwaited() {
    return new Awaited();
  }

  /** Closed by the committer's thread, which alone may. */
  @Bean(destroyMethod = "")
  CheckpointKeys checkpointKeys(Keyring keyring, TenantGate gate, Clock clock, Intake intake) {
    return new CheckpointKeys(keyring, gate, clock, intake::poke);
  }

  @Bean
  LogStore logStore(@Ops JdbcClient ops, @Ops TransactionOperations transactions) {
    return new OpsStore(ops, transactions);
  }

  @Bean
  StoredReceipts storedReceipts(JdbcClient app) {
    return new StoredReceipts(app);
  }

  @Bean
  Committer auditCommitter(
      AuditSettings settings,
      LogStore store,
      CheckpointKeys keys,
      StoredReceipts stored,
      Awaited awaited,
      Intake intake,
      Backlog backlog,
      AuditMetrics metrics) {
    Gathering gathering =
        new Gathering(settings, store, keys, intake, backlog, awaited::isExpected);
    return new Committer(settings, store, gathering, stored, awaited, intake, metrics);
  }

  @Bean
  PersonalRecords personalRecords(JdbcClient app, Keyring keyring) {
    return new PersonalRecords(app, keyring);
  }

  @Bean
  PersonalKeyUsage personalKeyUsage(JdbcClient app) {
    return new PersonalKeyUsage(app);
  }

  @Bean
  Drafts auditDrafts(PersonalRecords personal, Clock clock) {
    return new Drafts(personal, clock);
  }

  @Bean
  MirrorWatch auditMirrorWatch(MirrorSettings settings) {
    return new MirrorWatch(
        settings.directory() == null ? null : settings.patience(), System::nanoTime);
  }

  @Bean
  AuditLog auditLog(Committer committer, Drafts drafts, Awaited awaited, MirrorWatch mirror) {
    return new AuditLog(committer, drafts, awaited, mirror);
  }

  @Bean
  @Primary
  Outbox outbox(JdbcClient app, Drafts drafts, Awaited awaited, Backlog backlog, Intake intake) {
    return new Outbox(app, drafts, awaited, backlog, intake::poke);
  }

  /** For the transactions of {@code cofferdam_ops}. */
  @Bean
  @Ops
  Outbox opsOutbox(
      @Ops JdbcClient ops, Drafts drafts, Awaited awaited, Backlog backlog, Intake intake) {
    return new Outbox(ops, drafts, awaited, backlog, intake::poke);
  }

  @Bean
  Receipts receipts(StoredReceipts stored, Awaited awaited) {
    return new Receipts(stored, awaited);
  }

  @Bean
  ProvenRecords provenRecords(StoredReceipts stored) {
    return new ProvenRecords(stored);
  }

  @Bean
  OwnReceipts ownReceipts(StoredReceipts stored, ObjectProvider<PersonsTenants> tenants) {
    return new OwnReceipts(
        stored, person -> tenants.stream().flatMap(port -> port.of(person).stream()).toList());
  }

  @Bean
  LogClosing logClosing(
      @Ops JdbcClient ops,
      @Ops TransactionOperations transactions,
      @Ops Outbox outbox,
      Drafts drafts,
      Receipts receipts,
      CheckpointKeys keys,
      TenantGate gate,
      AuditSettings settings) {
    return new LogClosing(
        ops, transactions, outbox, drafts, receipts, keys, gate, settings.deadline());
  }

  @Bean
  Refusals refusals(Committer committer, Drafts drafts, AuditMetrics metrics, Clock clock) {
    return new Refusals(committer, drafts, metrics, clock);
  }

  @Bean
  Recorder auditRecorder(@Ops Outbox ofTenancy, Outbox ofKeyring, CheckpointKeys keys) {
    return new Recorder(ofTenancy, ofKeyring, keys);
  }

  @Bean
  ReplacedRootKeys replacedRootKeys(RootKeyReplacements replacements, Outbox outbox) {
    return new ReplacedRootKeys(replacements, outbox);
  }

  @Bean
  AuditKeeper auditKeeper(Committer committer, Refusals refusals, AuditSettings settings) {
    return new AuditKeeper(committer, refusals, settings.refusalWindow());
  }
}
