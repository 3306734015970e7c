package dev.cofferdam.server.identity;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.StatedReason;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantName;
import java.time.Instant;

/**
 * What is recorded of persons: each in the transaction that does it, with ids alone. What a person
 * does as themselves stands in the platform's log, what they do in a tenant in the tenant's.
 */
public final class Acts {
  private final Outbox app;
  private final Outbox ops;

  /**
   * @param app of the transactions of {@code cofferdam_app}
   * @param ops of those of {@code cofferdam_ops}
   */
  Acts(Outbox app, Outbox ops) {
    this.app = app;
    this.ops = ops;
  }

  RecordId signedIn(Call call, PersonId person, SessionId session, AcrClass acr) {
    return write(
        ops,
        call,
        done(LogId.PLATFORM, person, "session.opened")
            .on("session", session.toString())
            .with("acr", Stored.name(acr)));
  }

  RecordId signedInAsOperator(Call call, PersonId person, SessionId session, AcrClass acr) {
    return write(
        ops,
        call,
        Entry.done(LogId.PLATFORM, new Actor.OfOperator(person), "session.opened")
            .on("session", session.toString())
            .with("acr", Stored.name(acr)));
  }

  /** Of a person of the tenant's own: in its log. */
  RecordId signedInAt(
      Call call, PersonId person, SessionId session, ProviderRef provider, AcrClass acr) {
    return write(
        ops,
        call,
        done(new LogId.OfTenant(provider.tenant()), person, "session.opened")
            .on("session", session.toString())
            .with("acr", Stored.name(acr))
            .with("provider", provider.id().toString()));
  }

  /** In the log of the tenant that it is done in, else in the platform's. */
  RecordId steppedUp(Call call, Caller.SignedIn caller, AcrClass acr) {
    LogId log = caller.tenant().<LogId>map(LogId.OfTenant::new).orElse(LogId.PLATFORM);
    return write(
        ops,
        call,
        Entry.done(log, actor(caller), "session.stepped_up")
            .on("session", caller.session().toString())
            .with("acr", Stored.name(acr)));
  }

  RecordId sessionEnded(Call call, Caller.SignedIn caller, SessionId session) {
    return write(
        app,
        call,
        Entry.done(LogId.PLATFORM, actor(caller), "session.ended")
            .on("session", session.toString()));
  }

  RecordId allSessionsEnded(Call call, Caller.SignedIn caller, int count) {
    return write(
        app,
        call,
        Entry.done(LogId.PLATFORM, actor(caller), "session.all_ended")
            .on("person", caller.id().toString())
            .with("sessions", Integer.toString(count)));
  }

  RecordId entered(Call call, PersonId person, SessionId session, TenantId tenant) {
    return write(
        ops,
        call,
        done(new LogId.OfTenant(tenant), person, "workspace.entered")
            .on("session", session.toString()));
  }

  RecordId left(Call call, PersonId person, SessionId session) {
    return write(
        ops,
        call,
        done(LogId.PLATFORM, person, "workspace.left").on("session", session.toString()));
  }

  RecordId founded(Call call, PersonId person, TenantId tenant) {
    return write(
        ops,
        call,
        done(new LogId.OfTenant(tenant), person, "membership.created")
            .on("person", person.toString())
            .with("role", Stored.name(Role.OWNER)));
  }

  /** That a founder asked again for what was made before. */
  RecordId confirmed(Call call, PersonId person, TenantId tenant) {
    return write(
        ops,
        call,
        done(new LogId.OfTenant(tenant), person, "tenant.confirmed")
            .on("tenant", tenant.toString()));
  }

  RecordId renamed(Call call, PersonId person, TenantId tenant, TenantName name) {
    return write(
        app,
        call,
        done(new LogId.OfTenant(tenant), person, "tenant.renamed")
            .on("tenant", tenant.toString())
            .with("name", name.text()));
  }

  RecordId roleChanged(Call call, PersonId by, TenantId tenant, PersonId member, Role role) {
    return write(
        app,
        call,
        done(new LogId.OfTenant(tenant), by, "membership.changed")
            .on("person", member.toString())
            .with("role", Stored.name(role)));
  }

  RecordId removed(Call call, PersonId by, TenantId tenant, PersonId member) {
    return write(
        app,
        call,
        done(new LogId.OfTenant(tenant), by, "membership.removed").on("person", member.toString()));
  }

  public RecordId deletionScheduled(Call call, PersonId by, TenantId tenant, Instant due) {
    return write(
        app,
        call,
        done(new LogId.OfTenant(tenant), by, "tenant.deletion_scheduled")
            .on("tenant", tenant.toString())
            .with("due", due.toString()));
  }

  /** Of one owner among several: nothing is due before another agrees. */
  public RecordId deletionRequested(Call call, PersonId by, TenantId tenant) {
    return write(
        app,
        call,
        done(new LogId.OfTenant(tenant), by, "tenant.deletion_requested")
            .on("tenant", tenant.toString()));
  }

  public RecordId deletionAgreed(Call call, PersonId by, TenantId tenant, Instant due) {
    return write(
        app,
        call,
        done(new LogId.OfTenant(tenant), by, "tenant.deletion_agreed")
            .on("tenant", tenant.toString())
            .with("due", due.toString()));
  }

  public RecordId deletionCancelled(Call call, PersonId by, TenantId tenant) {
    return write(
        app,
        call,
        done(new LogId.OfTenant(tenant), by, "tenant.deletion_cancelled")
            .on("tenant", tenant.toString()));
  }

  RecordId policyChanged(Call call, PersonId by, TenantId tenant, AcrClass least) {
    return write(
        app,
        call,
        done(new LogId.OfTenant(tenant), by, "sign_in_policy.changed")
            .on("tenant", tenant.toString())
            .with("least_acr", Stored.name(least)));
  }

  RecordId leftTenant(Call call, PersonId person, TenantId tenant) {
    return write(
        app,
        call,
        done(new LogId.OfTenant(tenant), person, "membership.left")
            .on("person", person.toString()));
  }

  RecordId handedOver(Call call, PersonId by, TenantId tenant, PersonId owner) {
    return write(
        app,
        call,
        done(new LogId.OfTenant(tenant), by, "ownership.handed_over")
            .on("person", owner.toString())
            .with("role", Stored.name(Role.OWNER)));
  }

  /** In the tenant's log and in the platform's; answers with the tenant's record. */
  RecordId emergencyOpened(
      Call call,
      PersonId operator,
      TenantId tenant,
      EmergencyId emergency,
      StatedReason reason,
      Instant until) {
    write(ops, call, opened(LogId.PLATFORM, operator, tenant, emergency, reason, until));
    return write(
        ops, call, opened(new LogId.OfTenant(tenant), operator, tenant, emergency, reason, until));
  }

  private static Entry opened(
      LogId log,
      PersonId operator,
      TenantId tenant,
      EmergencyId emergency,
      StatedReason reason,
      Instant until) {
    return onEmergency(log, new Actor.OfOperator(operator), "emergency.opened", emergency)
        .with("tenant", tenant.toString())
        .with("reason", reason.text())
        .with("until", until.toString());
  }

  /** The same, by the operator; answers with the platform's record. */
  RecordId emergencyLeft(Call call, PersonId operator, TenantId tenant, EmergencyId emergency) {
    Actor by = new Actor.OfOperator(operator);
    write(ops, call, onEmergency(new LogId.OfTenant(tenant), by, "emergency.ended", emergency));
    return write(
        ops,
        call,
        onEmergency(LogId.PLATFORM, by, "emergency.ended", emergency)
            .with("tenant", tenant.toString()));
  }

  /** By an owner, in the tenant's log. */
  public RecordId emergencyEnded(
      Call call, PersonId owner, TenantId tenant, EmergencyId emergency) {
    return write(
        app,
        call,
        onEmergency(
            new LogId.OfTenant(tenant), new Actor.OfPerson(owner), "emergency.ended", emergency));
  }

  private static Entry onEmergency(LogId log, Actor by, String action, EmergencyId emergency) {
    return Entry.done(log, by, action).on("emergency", emergency.toString());
  }

  private static Actor actor(Caller.SignedIn caller) {
    return switch (caller) {
      case Caller.Person person -> new Actor.OfPerson(person.id());
      case Caller.Operator operator -> new Actor.OfOperator(operator.id());
      case Caller.Visitor visitor -> new Actor.OfOperator(visitor.id());
    };
  }

  private static Entry done(LogId log, PersonId person, String action) {
    return Entry.done(log, new Actor.OfPerson(person), action);
  }

  private static RecordId write(Outbox outbox, Call call, Entry entry) {
    return outbox.record(entry.in(call.id()));
  }
}
