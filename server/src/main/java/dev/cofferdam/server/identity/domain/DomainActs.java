package dev.cofferdam.server.identity.domain;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.Tenants;

/** What is recorded of domains, each in the log of the tenant whose claim it is. */
final class DomainActs {
  private static final Actor PLATFORM = new Actor.OfPlatform("domains");

  private final Outbox app;
  private final Outbox ops;

  DomainActs(Outbox app, Outbox ops) {
    this.app = app;
    this.ops = ops;
  }

  RecordId claimed(Call call, Caller.Person by, DomainId domain, DomainName name) {
    return app.record(
        Entry.done(
                new LogId.OfTenant(Tenants.current()),
                new Actor.OfPerson(by.id()),
                "domain.claimed")
            .on("domain", domain.toString())
            .in(call.id())
            .with("name", name.text()));
  }

  RecordId removed(Call call, Caller.Person by, DomainView domain) {
    return app.record(
        Entry.done(
                new LogId.OfTenant(Tenants.current()),
                new Actor.OfPerson(by.id()),
                "domain.removed")
            .on("domain", domain.id().toString())
            .in(call.id())
            .with("name", domain.name().text())
            .with("state", Stored.name(domain.state())));
  }

  /** That somebody of the tenant had it looked at, and what that came to. */
  RecordId checked(
      Call call, Caller.Person by, NotedDomains.Claim claim, NotedDomains.Noted noted) {
    return ops.record(
        found(Entry.done(log(claim), new Actor.OfPerson(by.id()), action(noted)), claim, noted)
            .in(call.id()));
  }

  /** That the platform looked, and something is otherwise than it was. */
  void changed(NotedDomains.Claim claim, NotedDomains.Noted noted) {
    ops.record(found(Entry.done(log(claim), PLATFORM, action(noted)), claim, noted));
  }

  /** That another tenant's proof ended this one. Not whose. */
  void superseded(NotedDomains.Claim claim) {
    ops.record(
        Entry.done(log(claim), PLATFORM, "domain.lapsed")
            .on("domain", claim.id().toString())
            .with("because", Stored.name(DomainView.Lapse.SUPERSEDED)));
  }

  private static LogId log(NotedDomains.Claim claim) {
    return new LogId.OfTenant(claim.tenant());
  }

  private static Entry found(Entry entry, NotedDomains.Claim claim, NotedDomains.Noted noted) {
    Entry on = entry.on("domain", claim.id().toString());
    return noted.finding().map(finding -> on.with("finding", Stored.name(finding))).orElse(on);
  }

  private static String action(NotedDomains.Noted noted) {
    return switch (noted.became()) {
      case PROVEN -> "domain.proven";
      case LAPSED -> "domain.lapsed";
      case KEPT, FAILING, UNPROVEN, UNKNOWN -> "domain.checked";
    };
  }
}
