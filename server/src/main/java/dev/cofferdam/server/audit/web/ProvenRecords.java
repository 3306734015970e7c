package dev.cofferdam.server.audit.web;

import dev.cofferdam.server.audit.AuditSettings;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Proven;
import dev.cofferdam.server.audit.Receipted;
import dev.cofferdam.server.audit.Receipts;
import dev.cofferdam.server.audit.Standing;
import dev.cofferdam.server.audit.store.LogRows;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.tenancy.Tenants;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Records of the bound tenant's log with their receipts, or the refusal that says where one is. */
@Component
final class ProvenRecords {
  private final Receipts receipts;
  private final LogRows rows;
  private final AuditSettings settings;

  ProvenRecords(Receipts receipts, JdbcClient app, AuditSettings settings) {
    this.receipts = receipts;
    this.rows = new LogRows(app);
    this.settings = settings;
  }

  Proven find(UUID id) {
    LogId log = new LogId.OfTenant(Tenants.current());
    return switch (receipts.find(log, new RecordId(id))) {
      case Receipted(var in, var record, var receipt) ->
          new Proven(in, rows.record(in, receipt.index()).orElseThrow(), receipt);
      case Standing.Pending pending -> throw pending(new RecordId(id)).thrown();
      case Standing.Unknown unknown -> throw Refusal.notFound().thrown();
    };
  }

  Refusal pending(RecordId record) {
    return Refusal.of(ProblemCode.RECEIPT_PENDING).after(settings.retryAfter()).recordedAs(record);
  }
}
