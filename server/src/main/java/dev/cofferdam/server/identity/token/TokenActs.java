package dev.cofferdam.server.identity.token;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.TenantId;

/** What is recorded of tokens, in the log of their tenant: their ids, and what they are for. */
final class TokenActs {
  private final Outbox app;
  private final Outbox ops;

  TokenActs(Outbox app, Outbox ops) {
    this.app = app;
    this.ops = ops;
  }

  RecordId made(Call call, Caller.Person by, TenantId tenant, TokenView token) {
    return ops.record(
        entry(call, by, tenant, "made", token)
            .with("scopes", String.join(" ", token.scopes()))
            .with("expires_at", token.expiresAt().toString()));
  }

  RecordId revoked(Call call, Caller.Person by, TenantId tenant, TokenView token) {
    return app.record(entry(call, by, tenant, "revoked", token));
  }

  private static Entry entry(
      Call call, Caller.Person by, TenantId tenant, String verb, TokenView token) {
    String kind = token.service().isEmpty() ? "token" : "service_token";
    Entry entry =
        Entry.done(new LogId.OfTenant(tenant), new Actor.OfPerson(by.id()), kind + "." + verb)
            .on(kind, token.id().toString())
            .in(call.id());
    return token
        .service()
        .map(
            service ->
                entry
                    .with("service", service.id().toString())
                    .with("role", Stored.name(service.role())))
        .orElse(entry);
  }
}
