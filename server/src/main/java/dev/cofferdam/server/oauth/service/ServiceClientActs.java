package dev.cofferdam.server.oauth.service;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.TenantId;

/** What is recorded of service clients, in the log of their tenant. */
final class ServiceClientActs {
  private final Outbox app;
  private final Outbox ops;

  ServiceClientActs(Outbox app, Outbox ops) {
    this.app = app;
    this.ops = ops;
  }

  RecordId made(Call call, Caller.Person by, TenantId tenant, ServiceClientView client) {
    return ops.record(
        entry(call, by, tenant, "made", client)
            .with("scopes", String.join(" ", client.scopes()))
            .with("keys", String.join(" ", client.keys())));
  }

  RecordId exchanged(Call call, Caller.Person by, TenantId tenant, ServiceClientView client) {
    return ops.record(
        entry(call, by, tenant, "keys_exchanged", client)
            .with("keys", String.join(" ", client.keys())));
  }

  RecordId ended(Call call, Caller.Person by, TenantId tenant, ServiceClientView client) {
    return app.record(entry(call, by, tenant, "ended", client));
  }

  private static Entry entry(
      Call call, Caller.Person by, TenantId tenant, String verb, ServiceClientView client) {
    return Entry.done(
            new LogId.OfTenant(tenant), new Actor.OfPerson(by.id()), "service_client." + verb)
        .on("service_client", client.id().toString())
        .in(call.id())
        .with("role", Stored.name(client.role()));
  }
}
