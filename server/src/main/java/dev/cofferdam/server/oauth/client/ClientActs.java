package dev.cofferdam.server.oauth.client;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;

/** What is recorded of clients, in the log of their tenant. */
final class ClientActs {
  private final Outbox app;
  private final Outbox ops;

  ClientActs(Outbox app, Outbox ops) {
    this.app = app;
    this.ops = ops;
  }

  RecordId registered(Call call, Caller.Person by, ClientView client) {
    return ops.record(
        entry(call, by, client, "registered")
            .with("name", client.name())
            .with("scopes", String.join(" ", client.scopes()))
            .with("authentication", client.keys().isEmpty() ? "none" : "private_key_jwt"));
  }

  RecordId removed(Call call, Caller.Person by, ClientView client) {
    return app.record(entry(call, by, client, "removed"));
  }

  private static Entry entry(Call call, Caller.Person by, ClientView client, String verb) {
    return Entry.done(
            new LogId.OfTenant(client.tenant()), new Actor.OfPerson(by.id()), "client." + verb)
        .on("client", client.id().toString())
        .in(call.id());
  }
}
