package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is recorded of grants, in the log of their tenant: by the person where they did it, and by
 * the client that acts for them where that did.
 */
final class GrantActs {
  private static final String KIND = "client_grant";

  private final Outbox app;
  private final Outbox ops;

  GrantActs(Outbox app, Outbox ops) {
    this.app = app;
    this.ops = ops;
  }

  RecordId consented(
      Call call, Caller.Person by, TenantId tenant, ClientId client, Set<TokenScope> scopes) {
    return ops.record(
        Entry.done(new LogId.OfTenant(tenant), new Actor.OfPerson(by.id()), KIND + ".consented")
            .in(call.id())
            .with("client", client.value())
            .with("scopes", listed(scopes)));
  }

  /** What a client did with a grant. */
  RecordId used(
      Call call, String verb, TenantId tenant, PersonId person, UUID grant, ClientId client) {
    return ops.record(
        Entry.done(
                new LogId.OfTenant(tenant),
                new Actor.OfAgent(person, grant.toString()),
                KIND + "." + verb)
            .on(KIND, grant.toString())
            .in(call.id())
            .with("client", client.value()));
  }

  RecordId ended(Call call, Caller.Person by, ClientGrantView grant) {
    Entry entry =
        Entry.done(
                new LogId.OfTenant(Tenants.current()), new Actor.OfPerson(by.id()), KIND + ".ended")
            .on(KIND, grant.id().toString())
            .in(call.id())
            .with("client", grant.client().value());
    return app.record(
        grant.person().equals(by.id()) ? entry : entry.with("person", grant.person().toString()));
  }

  private static String listed(Set<TokenScope> scopes) {
    return scopes.stream().map(TokenScope::text).sorted().collect(Collectors.joining(" "));
  }
}
