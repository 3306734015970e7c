package dev.cofferdam.server.identity.invite;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.audit.PersonalData;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.mail.EmailAddress;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.util.Map;
import java.util.UUID;

/**
 * What is recorded of invites, all in the log of the tenant that invites: who made it and in which
 * session, to which address (sealed, under a key of the invite's own), and who accepted it in
 * which. So a misused invite is traced by its id.
 */
final class InviteActs {
  private final Outbox app;
  private final Outbox ops;
  private final AuditLog log;

  InviteActs(Outbox app, Outbox ops, AuditLog log) {
    this.app = app;
    this.ops = ops;
    this.log = log;
  }

  RecordId created(Call call, Caller.Person by, InviteId invite, Role role, EmailAddress address) {
    return app.record(
        own(call, by, "invite.created", invite)
            .with("role", Stored.name(role))
            .with(new PersonalData(invite.value(), Map.of("address", address.text()))));
  }

  RecordId resent(Call call, Caller.Person by, InviteId invite, PersonId before) {
    return app.record(own(call, by, "invite.resent", invite).with("before", before.toString()));
  }

  RecordId revoked(Call call, Caller.Person by, InviteId invite) {
    return app.record(own(call, by, "invite.revoked", invite));
  }

  private static Entry own(Call call, Caller.Person by, String action, InviteId invite) {
    return entry(
        Entry.done(new LogId.OfTenant(Tenants.current()), new Actor.OfPerson(by.id()), action),
        call,
        by,
        invite);
  }

  RecordId accepted(Call call, Caller.Person by, FoundInvite invite) {
    return ops.record(answered(call, by, "invite.accepted", invite));
  }

  RecordId declined(Call call, Caller.Person by, FoundInvite invite) {
    return ops.record(answered(call, by, "invite.declined", invite));
  }

  private static Entry answered(Call call, Caller.Person by, String action, FoundInvite invite) {
    return entry(
            Entry.done(new LogId.OfTenant(invite.tenant()), new Actor.OfPerson(by.id()), action),
            call,
            by,
            invite.id())
        .with("role", Stored.name(invite.role()))
        .with("inviter", invite.invitedBy().toString())
        .with("inviter_session", invite.invitedIn().toString());
  }

  /** For the tenant whose invite somebody else tried: the edge records it in the log of theirs. */
  void triedByAnother(Call call, Caller.Person by, TenantId tenant, InviteId invite) {
    log.append(
        entry(
            Entry.denied(
                new LogId.OfTenant(tenant),
                new Actor.OfPerson(by.id()),
                "invite.accept",
                ProblemCode.ADDRESS_MISMATCH.code()),
            call,
            by,
            invite));
  }

  private static Entry entry(Entry entry, Call call, Caller.Person by, InviteId invite) {
    UUID session = by.session().value();
    return entry.on("invite", invite.toString()).in(call.id()).with("session", session.toString());
  }
}
