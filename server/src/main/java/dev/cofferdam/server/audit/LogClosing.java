package dev.cofferdam.server.audit;

import dev.cofferdam.server.audit.store.LogScope;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Closes the logs of tenants that are deleted, and destroys the keys that sign them: in this order,
 * and the last of all that is done about a tenant. What is recorded in a log that is closed is
 * refused with its transaction.
 */
public final class LogClosing {
  private final JdbcClient ops;
  private final TransactionOperations transactions;
  private final Outbox outbox;
  private final Drafts drafts;
  private final Receipts receipts;
  private final CheckpointKeys keys;
  private final TenantGate gate;
  private final Duration patience;

  /**
   * @param ops runs as {@code cofferdam_ops}, in {@code transactions}
   * @param outbox of the same connections
   * @param patience how long it is waited for what is on its way into the log
   */
  LogClosing(
      JdbcClient ops,
      TransactionOperations transactions,
      Outbox outbox,
      Drafts drafts,
      Receipts receipts,
      CheckpointKeys keys,
      TenantGate gate,
      Duration patience) {
    this.ops = ops;
    this.transactions = transactions;
    this.outbox = outbox;
    this.drafts = drafts;
    this.receipts = receipts;
    this.keys = keys;
    this.gate = gate;
    this.patience = patience;
  }

  /**
   * Closes the log of a tenant whose deletion has begun. May be called again and again: it goes on
   * where an earlier call was interrupted.
   */
  public Closing close(TenantId tenant) {
    if (!(gate.enter(tenant) instanceof TenantEntry.Denied(TenantEntry.Reason reason))
        || reason != TenantEntry.Reason.DELETED) {
      return new Closing.InUse();
    }
    LogId.OfTenant log = new LogId.OfTenant(tenant);
    RecordId last = closed(log);
    return switch (receipts.await(log, last, patience)) {
      case Receipted receipted -> {
        keys.destroy(log);
        yield new Closing.Closed(receipted);
      }
      case Standing.Pending pending -> new Closing.Draining();
      case Standing.Unknown unknown ->
          throw new IllegalStateException("the record that closes `" + log.name() + "` is gone");
    };
  }

  /** Lets nothing more come, and says so in both logs; gives the last record's id. */
  private RecordId closed(LogId.OfTenant log) {
    return LogScope.callForAll(
        () -> Objects.requireNonNull(transactions.execute(status -> closedHere(log))));
  }

  private RecordId closedHere(LogId.OfTenant log) {
    Draft draft = drafts.draft(entry(log, log), true);
    RecordId last =
        ops.sql("select audit.close_log(:log, :id, :record)")
            .param("log", log.key())
            .param("id", draft.id().value())
            .param("record", draft.record())
            .query((row, number) -> new RecordId(row.getObject(1, UUID.class)))
            .single();
    if (last.equals(draft.id())) {
      outbox.expect(draft);
      outbox.record(entry(LogId.PLATFORM, log));
    }
    return last;
  }

  private static Entry entry(LogId in, LogId.OfTenant closed) {
    return Acting.done(in, "audit", "audit.log_closed").on("log", closed.name());
  }
}
