package dev.cofferdam.server.oauth.exchange;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.util.List;
import java.util.stream.Collectors;

/** What is recorded of trusted issuers and their rules, in the log of their tenant. */
final class TrustActs {
  private final Outbox app;
  private final Outbox ops;

  TrustActs(Outbox app, Outbox ops) {
    this.app = app;
    this.ops = ops;
  }

  RecordId of(Call call, Caller.Person by, String verb, TrustedIssuerView issuer) {
    return app.record(
        Entry.done(
                new LogId.OfTenant(Tenants.current()),
                new Actor.OfPerson(by.id()),
                "trusted_issuer." + verb)
            .on("trusted_issuer", issuer.id().toString())
            .in(call.id())
            .with("issuer", issuer.issuer())
            .with("audience", issuer.audience())
            .with("reusable", Boolean.toString(issuer.reusable())));
  }

  RecordId made(Call call, Caller.Person by, TenantId tenant, RuleView rule) {
    return ops.record(
        entry(call, by, tenant, "made", rule)
            .with("scopes", String.join(" ", rule.scopes()))
            .with("claims", claims(rule.conditions())));
  }

  RecordId removed(Call call, Caller.Person by, RuleView rule) {
    return app.record(entry(call, by, Tenants.current(), "removed", rule));
  }

  /** The names alone: a value may be somebody's. */
  static String claims(List<Condition> conditions) {
    return conditions.stream().map(Condition::claim).sorted().collect(Collectors.joining(" "));
  }

  private static Entry entry(
      Call call, Caller.Person by, TenantId tenant, String verb, RuleView rule) {
    return Entry.done(
            new LogId.OfTenant(tenant), new Actor.OfPerson(by.id()), "exchange_rule." + verb)
        .on("exchange_rule", rule.id().toString())
        .in(call.id())
        .with("trusted_issuer", rule.issuer().toString())
        .with("service", rule.service().toString())
        .with("role", Stored.name(rule.role()));
  }
}
