package dev.cofferdam.server.audit;

import dev.cofferdam.server.audit.store.LogRows;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes receipts of records that stand in their logs for a while, from what is stored. */
final class StoredReceipts {
  private final JdbcClient app;
  private final LogRows rows;

  StoredReceipts(JdbcClient app) {
    this.app = app;
    this.rows = new LogRows(app);
  }

  /** Where a record stands. */
  Standing find(LogId log, RecordId id) {
    return Scopes.call(
        scope(log),
        () ->
            stored(log, id)
                .<Standing>map(receipted -> receipted)
                .or(() -> waiting(log, id))
                // It may have left the outbox between the two looks.
                .or(() -> stored(log, id))
                .orElseGet(Standing.Unknown::new));
  }

  /**
   * A record by its id, wherever it is on its way.
   *
   * @param may whether the record, given byte for byte, may be seen: else there is none
   */
  FoundRecord look(LogId log, RecordId id, Predicate<byte[]> may) {
    return Scopes.call(
        scope(log),
        () ->
            proven(log, id, may)
                .or(() -> waitingRecord(log, id, may))
                // It may have left the outbox between the two looks.
                .or(() -> proven(log, id, may))
                .orElseGet(FoundRecord.None::new));
  }

  private Optional<FoundRecord> proven(LogId log, RecordId id, Predicate<byte[]> may) {
    return rows.index(log, id.value())
        .flatMap(
            index ->
                rows.record(log, index)
                    .filter(may)
                    .map(record -> new Proven(log, record, rows.receipt(log, index))));
  }

  private Optional<FoundRecord> waitingRecord(LogId log, RecordId id, Predicate<byte[]> may) {
    return app.sql(
            "select record from audit.waiting_record(:log, :id) record where record is not null")
        .param("log", log.key())
        .param("id", id.value())
        .query((row, number) -> row.getBytes(1))
        .optional()
        .filter(may)
        .map(record -> new FoundRecord.Pending());
  }

  /** The receipt of a record that stands in its log. */
  Receipted receipted(LogId log, RecordId id) {
    return Scopes.call(
        scope(log),
        () ->
            stored(log, id)
                .orElseThrow(() -> new IllegalStateException("record " + id + " is gone")));
  }

  private Optional<Receipted> stored(LogId log, RecordId id) {
    return rows.index(log, id.value())
        .map(index -> new Receipted(log, id, rows.receipt(log, index)));
  }

  private Optional<Standing> waiting(LogId log, RecordId id) {
    boolean waits =
        app.sql("select audit.is_waiting(:log, :id)")
            .param("log", log.key())
            .param("id", id.value())
            .query(Boolean.class)
            .single();
    return waits ? Optional.of(new Standing.Pending(log, id)) : Optional.empty();
  }

  /** Logs are never placed, so nothing needs to be known of the tenant but its id. */
  static Scope scope(LogId log) {
    return switch (log) {
      case LogId.OfPlatform platform -> OpsStore.SCOPE;
      case LogId.OfTenant tenant -> new Scope.OfTenant(tenant.tenant(), new Placement.Shared());
    };
  }
}
