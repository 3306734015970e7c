package dev.cofferdam.server.audit;

import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.Tenants;

/** The records of the bound tenant's log with their receipts, for whoever may read it. */
public final class ProvenRecords {
  private final StoredReceipts stored;

  ProvenRecords(StoredReceipts stored) {
    this.stored = stored;
  }

  public FoundRecord find(RecordId id) {
    return stored.look(new LogId.OfTenant(Tenants.current()), id, record -> true);
  }
}
