package dev.cofferdam.server.identity.token;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.TokenId;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.util.Optional;

/** What is recorded of tokens, in the log of their tenant: their ids, and what they are for. */
final class TokenActs {
  private final Outbox app;
  private final Outbox ops;

  TokenActs(Outbox app, Outbox ops) {
    this.app = app;
    this.ops = ops;
  }

  RecordId made(Call call, Caller.Person by, TenantId tenant, TokenView token) {
    return ops.record(making(call, by.id(), tenant, token));
  }

  /** One that its person has allowed on a page, and that a client has fetched. */
  RecordId fetched(Call call, TenantId tenant, TokenView token, String client) {
    return ops.record(making(call, token.madeBy(), tenant, token).with("client", client));
  }

  private static Entry making(Call call, PersonId by, TenantId tenant, TokenView token) {
    return entry(call, new Actor.OfPerson(by), by, tenant, "made", token)
        .with("scopes", String.join(" ", token.scopes()))
        .with("expires_at", token.expiresAt().toString());
  }

  /** One that was to be fetched twice, and has ended by it. */
  RecordId reused(Call call, TenantId tenant, PersonId person, TokenId token, String client) {
    return ops.record(
        Entry.done(
                new LogId.OfTenant(tenant),
                new Actor.OfAgent(person, token.toString()),
                "token.reused")
            .on("token", token.toString())
            .in(call.id())
            .with("client", client));
  }

  /**
   * What became of ending one: recorded, if it was there.
   *
   * @param gone what was there, in the tenant that is bound
   */
  TokenChange ended(Call call, Caller.Person by, Optional<TokenView> gone) {
    return ended(call, new Actor.OfPerson(by.id()), by.id(), gone);
  }

  /** The same by a program that acts for its person. */
  TokenChange ended(Call call, Caller.Agent by, Optional<TokenView> gone) {
    return ended(call, new Actor.OfAgent(by.id(), by.token().toString()), by.id(), gone);
  }

  private TokenChange ended(Call call, Actor actor, PersonId by, Optional<TokenView> gone) {
    return gone.<TokenChange>map(
            token ->
                new TokenChange.Revoked(
                    new Recorded<>(
                        app.record(entry(call, actor, by, Tenants.current(), "revoked", token)),
                        token)))
        .orElseGet(TokenChange.Unknown::new);
  }

  private static Entry entry(
      Call call, Actor actor, PersonId by, TenantId tenant, String verb, TokenView token) {
    String kind = token.service().isEmpty() ? "token" : "service_token";
    Entry entry =
        Entry.done(new LogId.OfTenant(tenant), actor, kind + "." + verb)
            .on(kind, token.id().toString())
            .in(call.id());
    return token
        .service()
        .map(
            service ->
                entry
                    .with("service", service.id().toString())
                    .with("role", Stored.name(service.role())))
        .orElseGet(() -> ofPerson(entry, by, token));
  }

  /**
   * Whose it was, where that is somebody else: nobody makes a personal token but for themselves.
   */
  private static Entry ofPerson(Entry entry, PersonId by, TokenView token) {
    return token.madeBy().equals(by) ? entry : entry.with("person", token.madeBy().toString());
  }
}
