package dev.cofferdam.server.secrets;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.Tenants;

/** What is recorded of secrets: each in the transaction that does it, and never a value. */
final class SecretActs {
  private final Outbox outbox;

  SecretActs(Outbox outbox) {
    this.outbox = outbox;
  }

  /** An entry in the bound tenant's log, to be completed and then recorded. */
  Entry done(Call call, Caller.Person by, String action, SecretRows.Row secret) {
    return Entry.done(new LogId.OfTenant(Tenants.current()), new Actor.OfPerson(by.id()), action)
        .on("secret", secret.id().toString())
        .in(call.id())
        .with("project", secret.project().toString())
        .with("name", secret.name().text());
  }

  /** Of a new secret, which may refer to a value elsewhere. */
  Entry created(Call call, Caller.Person by, SecretRows.Row secret) {
    Entry entry = done(call, by, "secret.created", secret);
    Reference reference = secret.reference();
    return reference == null
        ? entry
        : entry.with("reference_path", reference.path()).with("reference_field", reference.field());
  }

  RecordId record(Entry entry) {
    return outbox.record(entry);
  }
}
