package dev.cofferdam.server.identity.invite;

import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.identity.MemberProfiles;
import dev.cofferdam.server.identity.Profile;
import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.identity.Sessions;
import dev.cofferdam.server.mail.EmailAddress;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What whoever holds the code of an invite does with it. Nothing is told of an invite but to
 * somebody whose verified address is the invited one. Safe for use by many threads.
 */
public final class Invitations {
  private static final Logger LOG = LoggerFactory.getLogger(Invitations.class);
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("invite"));
  private static final int TRIES = 3;

  private final FoundInvites invites;
  private final SealedAddresses addresses;
  private final RingMac ring;
  private final Sessions sessions;
  private final MemberProfiles profiles;
  private final TenantGate gate;
  private final Authorization authorization;
  private final InviteActs acts;
  private final TransactionOperations transaction;
  private final Clock clock;

  Invitations(
      FoundInvites invites,
      SealedAddresses addresses,
      RingMac ring,
      Sessions sessions,
      MemberProfiles profiles,
      TenantGate gate,
      Authorization authorization,
      InviteActs acts,
      TransactionOperations transaction,
      Clock clock) {
    this.invites = invites;
    this.addresses = addresses;
    this.ring = ring;
    this.sessions = sessions;
    this.profiles = profiles;
    this.gate = gate;
    this.authorization = authorization;
    this.acts = acts;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** What an invite whose code the caller holds, and which is for them, has come to. */
  private sealed interface Looked {
    record Open(InviteCode code, FoundInvite invite, Scope.OfTenant place) implements Looked {}

    record Not(InvitationAnswer answer) implements Looked {}
  }

  /** Shows what the invite says, and changes nothing. */
  public InvitationAnswer open(Call call, Caller.Person caller, String code) {
    return switch (look(call, caller, code)) {
      case Looked.Not(InvitationAnswer answer) -> answer;
      case Looked.Open open -> new InvitationAnswer.Shown(invitation(open));
    };
  }

  /** Makes the caller a member. Of many at once one does, whoever they are. */
  public InvitationAnswer accept(Call call, Caller.Person caller, String code) {
    for (int time = 1; time < TRIES; time++) {
      Optional<InvitationAnswer> answer = acceptOnce(call, caller, code);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    return acceptOnce(call, caller, code).orElseGet(InvitationAnswer.InviterGone::new);
  }

  /** Empty when what the inviter is was changed in the moment after it was looked at. */
  private Optional<InvitationAnswer> acceptOnce(Call call, Caller.Person caller, String code) {
    return switch (look(call, caller, code)) {
      case Looked.Not(InvitationAnswer answer) -> Optional.of(answer);
      case Looked.Open open -> {
        Invitation invitation = invitation(open);
        Optional<InvitationAnswer> answer =
            inTransaction(
                () -> {
                  String said =
                      invites.accept(open.invite(), open.code(), caller.id(), clock.instant());
                  if (!said.equals("done")) {
                    return said.equals("inviter_changed")
                        ? Optional.empty()
                        : Optional.of(over(said));
                  }
                  RecordId record = acts.accepted(call, caller, open.invite());
                  return Optional.of(
                      new InvitationAnswer.Accepted(
                          Recorded.in(open.invite().tenant(), record, invitation)));
                });
        if (answer.isPresent() && answer.get() instanceof InvitationAnswer.Accepted) {
          noteProfile(open.place(), caller);
        }
        yield answer;
      }
    };
  }

  /** Ends the invite without a member. */
  public InvitationAnswer decline(Call call, Caller.Person caller, String code) {
    return switch (look(call, caller, code)) {
      case Looked.Not(InvitationAnswer answer) -> answer;
      case Looked.Open open -> {
        Invitation invitation = invitation(open);
        yield inTransaction(
            () -> {
              String said = invites.decline(open.invite(), open.code(), clock.instant());
              return said.equals("done")
                  ? new InvitationAnswer.Declined(
                      Recorded.in(
                          open.invite().tenant(),
                          acts.declined(call, caller, open.invite()),
                          invitation))
                  : over(said);
            });
      }
    };
  }

  private Looked look(Call call, Caller.Person caller, String pasted) {
    Optional<InviteCode> code = InviteCode.ofText(pasted).filter(one -> one.isMadeWith(ring));
    Optional<FoundInvite> found = code.flatMap(one -> Scopes.call(SCOPE, () -> invites.find(one)));
    if (found.isEmpty()) {
      return new Looked.Not(new InvitationAnswer.Unknown());
    }
    FoundInvite invite = found.get();
    Optional<Scope.OfTenant> place = gate.scopeOf(invite.tenant());
    if (place.isEmpty()) {
      return new Looked.Not(new InvitationAnswer.Unknown());
    }
    if (!isFor(caller, invite, place.get())) {
      acts.triedByAnother(call, caller, invite.tenant(), invite.id());
      return new Looked.Not(new InvitationAnswer.OtherAddress());
    }
    return whatStandsAgainst(invite)
        .<Looked>map(Looked.Not::new)
        .orElseGet(() -> new Looked.Open(code.orElseThrow(), invite, place.get()));
  }

  private boolean isFor(Caller.Person caller, FoundInvite invite, Scope.OfTenant place) {
    Optional<EmailAddress> invited =
        Scopes.call(place, () -> addresses.open(invite.id(), invite.addressSealed()));
    Optional<EmailAddress> verified = sessions.verifiedAddress(caller, invite.tenant());
    return invited.isPresent() && invited.equals(verified);
  }

  /** Why it cannot be accepted, as far as that can be told without trying. */
  private Optional<InvitationAnswer> whatStandsAgainst(FoundInvite invite) {
    if (!invite.state().equals("open")) {
      return Optional.of(over(invite.state()));
    }
    if (!invite.newest()) {
      return Optional.of(new InvitationAnswer.Revoked());
    }
    if (!clock.instant().isBefore(invite.expiresAt())) {
      return Optional.of(new InvitationAnswer.Expired());
    }
    if (!(gate.enter(invite.tenant()) instanceof TenantEntry.Entered)) {
      return Optional.of(new InvitationAnswer.TenantClosed());
    }
    return Invites.denied(authorization, invite.inviterRole(), invite.role())
        .map(reason -> new InvitationAnswer.InviterGone());
  }

  private static InvitationAnswer over(String said) {
    return switch (said) {
      case "accepted", "declined" -> new InvitationAnswer.Used();
      case "revoked", "replaced" -> new InvitationAnswer.Revoked();
      case "expired" -> new InvitationAnswer.Expired();
      case "member" -> new InvitationAnswer.Member();
      case "unknown" -> new InvitationAnswer.Unknown();
      default -> throw new IllegalStateException("an invite came to something unknown");
    };
  }

  private Invitation invitation(Looked.Open open) {
    FoundInvite invite = open.invite();
    Profile inviter =
        Scopes.call(
            open.place(), () -> profiles.of(List.of(invite.invitedBy())).get(invite.invitedBy()));
    return new Invitation(
        invite.tenant(),
        invite.slug(),
        invite.name(),
        invite.role(),
        Objects.requireNonNull(inviter),
        invite.expiresAt());
  }

  /** What fails here is made good when the new member comes in. */
  private void noteProfile(Scope.OfTenant place, Caller.Person caller) {
    try {
      Scopes.run(place, () -> profiles.note(caller));
    } catch (DataAccessException e) {
      LOG.warn("How a new member is called could not be noted: {}", e.getMessage());
    }
  }

  private <T> T inTransaction(java.util.function.Supplier<T> work) {
    return Scopes.call(
        SCOPE, () -> Objects.requireNonNull(transaction.execute(status -> work.get())));
  }
}
