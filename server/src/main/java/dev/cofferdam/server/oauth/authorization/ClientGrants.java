package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Matter;
import dev.cofferdam.server.authz.Membership;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.identity.Memberships;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What people let clients have in the tenant that is bound. Each sees and ends their own; whoever
 * looks after the tenant sees everybody's, and ends those of whom they could remove
 * (docs/adr/0072). Ending one is refused to nobody who may see that it is there: nothing is lost
 * that its person could not give again.
 */
public final class ClientGrants {
  private final ClientGrantRows rows;
  private final GrantActs acts;
  private final Memberships memberships;
  private final Authorization authorization;
  private final TransactionOperations transaction;
  private final Clock clock;

  ClientGrants(
      ClientGrantRows rows,
      GrantActs acts,
      Memberships memberships,
      Authorization authorization,
      TransactionOperations transaction,
      Clock clock) {
    this.rows = rows;
    this.acts = acts;
    this.memberships = memberships;
    this.authorization = authorization;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** The caller's own, by id, which is by when they began. */
  public Page<ClientGrantView> list(Caller.Person caller, PageRequest asked) {
    return rows.ofPerson(caller.id(), asked);
  }

  /** A member's; empty where there is no such member. */
  public Optional<Page<ClientGrantView>> list(PersonId member, PageRequest asked) {
    return memberships.role(member).map(role -> rows.ofPerson(member, asked));
  }

  /** Ends one of the caller's own: every server refuses it within a second. */
  public ClientGrantChange end(Call call, Caller.Person by, ClientGrantId id) {
    return Objects.requireNonNull(transaction.execute(status -> ended(call, by, by.id(), id)));
  }

  /** The same with one of a member's. */
  public ClientGrantChange end(Call call, Caller.Person by, PersonId member, ClientGrantId id) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              // Locked: who becomes an owner at the same time is one before, or when it is over.
              Optional<Role> held = memberships.lockedRole(member);
              if (held.isEmpty()) {
                return new ClientGrantChange.Unknown();
              }
              return denied(by, held.get()).orElseGet(() -> ended(call, by, member, id));
            }));
  }

  private Optional<ClientGrantChange> denied(Caller.Person by, Role held) {
    Membership membership = Membership.of(held);
    Facts facts =
        Facts.of(
            by,
            Action.TAKE_ROLE,
            Tenants.current(),
            new Matter.OnRole(membership, membership),
            clock.instant());
    return authorization.decide(facts) instanceof Decision.Denied(Reason reason)
        ? Optional.of(new ClientGrantChange.Denied(reason))
        : Optional.empty();
  }

  private ClientGrantChange ended(Call call, Caller.Person by, PersonId whose, ClientGrantId id) {
    return rows.deleteOfPerson(whose, id)
        .<ClientGrantChange>map(
            gone -> new ClientGrantChange.Ended(new Recorded<>(acts.ended(call, by, gone), gone)))
        .orElseGet(ClientGrantChange.Unknown::new);
  }
}
