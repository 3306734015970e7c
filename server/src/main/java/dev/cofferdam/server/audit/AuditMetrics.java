package dev.cofferdam.server.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What is measured of the writing of logs. */
final class AuditMetrics {
  private final MeterRegistry registry;
  private final Timer commits;
  private final DistributionSummary records;
  private final DistributionSummary logs;
  private final Counter unavailable;
  private final Counter failures;
  private final Counter contended;

  AuditMetrics(MeterRegistry registry) {
    this.registry = registry;
    commits =
        Timer.builder("audit.commit")
            .description("Time of one transaction of the committer")
            .publishPercentileHistogram()
            .register(registry);
    records =
        DistributionSummary.builder("audit.commit.records")
            .description("Records of one transaction")
            .register(registry);
    logs =
        DistributionSummary.builder("audit.commit.logs")
            .description("Logs that one transaction touches")
            .register(registry);
    unavailable =
        Counter.builder("audit.unavailable")
            .description("Appends that were refused because they could not be durable in time")
            .register(registry);
    failures =
        Counter.builder("audit.commit.failures")
            .description("Transactions of the committer that failed")
            .register(registry);
    contended =
        Counter.builder("audit.commit.contended")
            .description("Transactions that were computed anew because another server was faster")
            .register(registry);
  }

  void watch(Intake intake, Backlog backlog) {
    registry.gauge("audit.pending", intake, Intake::records);
    TimeGauge.builder(
            "audit.lag", backlog, TimeUnit.MILLISECONDS, behind -> behind.lag().toMillis())
        .description("How long the oldest record of the outbox has been waiting for its leaf")
        .register(registry);
  }

  void committed(Duration took, Batch batch) {
    commits.record(took);
    records.record(batch.records());
    logs.record(batch.taken().size());
  }

  void refused() {
    unavailable.increment();
  }

  void failed() {
    failures.increment();
  }

  void contended() {
    contended.increment();
  }

  /** Refusals of strangers, by kind: the kinds are a closed catalogue, the sources are not. */
  void counted(String kind) {
    registry.counter("audit.refusals", "kind", kind).increment();
  }
}
