package dev.cofferdam.server.audit;

import dev.cofferdam.server.surface.RecordId;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Records what a transaction does, in that transaction: either both come to be or neither. The row
 * it writes is the durable record; its leaf follows within moments of the commit.
 */
public final class Outbox {
  private final JdbcClient jdbc;
  private final Drafts drafts;
  private final Awaited awaited;
  private final Backlog backlog;
  private final Runnable committed;

  /**
   * @param jdbc of the connections whose transactions this is for
   * @param committed called after each commit
   */
  Outbox(JdbcClient jdbc, Drafts drafts, Awaited awaited, Backlog backlog, Runnable committed) {
    this.jdbc = jdbc;
    this.drafts = drafts;
    this.awaited = awaited;
    this.backlog = backlog;
    this.committed = committed;
  }

  /**
   * Records in the running transaction, whose scope must be one that writes into the entry's log: a
   * tenant into its own, a person into the platform's, the platform into any.
   *
   * @return by which {@link Receipts} knows the record
   * @throws IllegalStateException when no transaction is running
   * @throws dev.cofferdam.server.surface.RefusedException when records have been waiting for too
   *     long, so that nothing more may be done that needs one
   * @throws org.springframework.dao.DataAccessException when the log is closed, among others
   */
  public RecordId record(Entry entry) {
    requireTransaction();
    backlog.requireBearable();
    Draft draft = drafts.draft(entry, true);
    jdbc.sql("select audit.record(:log, :id, :record)")
        .param("log", draft.log().key())
        .param("id", draft.id().value())
        .param("record", draft.record())
        .query((row, number) -> draft)
        .single();
    expect(draft);
    return draft.id();
  }

  /** The running transaction has written this record: its receipt is kept for who comes for it. */
  void expect(Draft draft) {
    awaited.expect(draft.id());
    TransactionSynchronizationManager.registerSynchronization(new Landing(draft.log(), draft.id()));
  }

  /**
   * Whether a log is closed, and all that waited stands in it. In the running transaction, whose
   * scope must be the log's or the platform's.
   */
  boolean isClosed(LogId log) {
    requireTransaction();
    return jdbc.sql("select audit.is_closed(:log)")
        .param("log", log.key())
        .query(Boolean.class)
        .single();
  }

  /**
   * What the running transaction has recorded in {@code log}, the last if it was more: also what a
   * deeper module announced and somebody else recorded. For whoever answers for the act.
   */
  public Optional<RecordId> last(LogId log) {
    requireTransaction();
    return TransactionSynchronizationManager.getSynchronizations().stream()
        .flatMap(one -> one instanceof Landing landing ? Stream.of(landing) : Stream.empty())
        .filter(landing -> landing.log.equals(log))
        .map(landing -> landing.id)
        .reduce((first, second) -> second);
  }

  private static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()
        || !TransactionSynchronizationManager.isSynchronizationActive()) {
      throw new IllegalStateException(
          "what is recorded here is part of a transaction, and none is running");
    }
  }

  private final class Landing implements TransactionSynchronization {
    private final LogId log;
    private final RecordId id;

    private Landing(LogId log, RecordId id) {
      this.log = log;
      this.id = id;
    }

    @Override
    public void afterCompletion(int status) {
      if (status == STATUS_ROLLED_BACK) {
        awaited.forget(id);
      } else {
        // Also when it is not known: what is there is found by looking.
        committed.run();
      }
    }
  }
}
