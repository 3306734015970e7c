package dev.cofferdam.server.identity.provider;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.identity.ProviderRef;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.identity.oidc.Trouble;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;

/** What is recorded of providers, in the log of the tenant that is bound. */
final class ProviderActs {
  private final Outbox app;
  private final Outbox ops;

  ProviderActs(Outbox app, Outbox ops) {
    this.app = app;
    this.ops = ops;
  }

  RecordId done(Call call, Caller.Person by, String action, ProviderId id, String issuer) {
    return app.record(act(Tenants.current(), call, by, action, id, issuer));
  }

  /** The same in a transaction of the platform's. */
  RecordId ended(Call call, Caller.Person by, String action, ProviderRef at, String issuer) {
    return ops.record(act(at.tenant(), call, by, action, at.id(), issuer));
  }

  private static Entry act(
      TenantId tenant, Call call, Caller.Person by, String action, ProviderId id, String issuer) {
    return Entry.done(new LogId.OfTenant(tenant), new Actor.OfPerson(by.id()), action)
        .on("provider", id.toString())
        .in(call.id())
        .with("issuer", issuer);
  }

  /** That an owner tried it in vain. */
  void notThrough(Call call, Caller.Person by, ProviderId id, String issuer, String because) {
    app.record(
        act(Tenants.current(), call, by, "provider.trial_refused", id, issuer)
            .with("because", because));
  }

  /** What sign-ins found out. */
  void degraded(ProviderId id, Trouble trouble) {
    app.record(found("provider.degraded", id).with("because", Stored.name(trouble)));
  }

  void recovered(ProviderId id) {
    app.record(found("provider.recovered", id));
  }

  private static Entry found(String action, ProviderId id) {
    return Entry.done(
            new LogId.OfTenant(Tenants.current()), new Actor.OfPlatform("providers"), action)
        .on("provider", id.toString());
  }
}
