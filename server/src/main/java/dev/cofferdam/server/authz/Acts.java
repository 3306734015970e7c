package dev.cofferdam.server.authz;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.Tenants;
import java.util.UUID;

/** What is recorded of groups, projects and grants: each in the transaction that does it. */
final class Acts {
  private final Outbox outbox;

  /**
   * @param outbox of the transactions of {@code cofferdam_app}
   */
  Acts(Outbox outbox) {
    this.outbox = outbox;
  }

  /** An entry in the bound tenant's log, to be completed and then recorded. */
  Entry done(Call call, Caller.Person by, String action, String kind, UUID id) {
    return Entry.done(new LogId.OfTenant(Tenants.current()), new Actor.OfPerson(by.id()), action)
        .on(kind, id.toString())
        .in(call.id());
  }

  RecordId record(Entry entry) {
    return outbox.record(entry);
  }
}
