package dev.cofferdam.server.identity;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Grants;
import dev.cofferdam.server.authz.Matter;
import dev.cofferdam.server.authz.Membership;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.authz.Standing;
import dev.cofferdam.server.authz.Subject;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Who is what in the tenant that is bound. */
public final class Memberships {
  private final MembershipRows rows;
  private final TransactionOperations transaction;
  private final Grants grants;
  private final Authorization authorization;
  private final Acts acts;
  private final Clock clock;

  Memberships(
      MembershipRows rows,
      TransactionOperations transaction,
      Grants grants,
      Authorization authorization,
      Acts acts,
      Clock clock) {
    this.rows = rows;
    this.transaction = transaction;
    this.grants = grants;
    this.authorization = authorization;
    this.acts = acts;
    this.clock = clock;
  }

  /**
   * The members, by id.
   *
   * @param asked its position is the id of the last one of the page before
   */
  public Page<MemberView> list(PageRequest asked) {
    @Nullable String after = asked.after();
    List<MemberView> found =
        rows.page(after == null ? new UUID(0, 0) : UUID.fromString(after), asked.limit() + 1);
    if (found.size() <= asked.limit()) {
      return new Page<>(found, null);
    }
    List<MemberView> items = found.subList(0, asked.limit());
    return new Page<>(items, items.getLast().person().toString());
  }

  /** What somebody is in the tenant, if anything. */
  public Optional<Role> role(PersonId person) {
    return rows.role(person);
  }

  /** The same, and it stays so until the caller's transaction ends. */
  public Optional<Role> lockedRole(PersonId person) {
    return rows.lockedRole(person);
  }

  /** Makes a member something else. */
  public MembershipChange change(
      Call call, Caller.Person by, PersonId member, Role role, IfMatch read) {
    return inTransaction(
        () -> {
          // Locked with every owner, and in one order: of two owners who remove each other one
          // stays.
          List<MemberView> locked = rows.lockOwnersAnd(member, by.id());
          Optional<MembershipChange> refused =
              refusal(locked, by, Action.GIVE_ROLE, member, role, read);
          if (refused.isPresent()) {
            return refused.get();
          }
          return changed(
              acts.roleChanged(call, by.id(), Tenants.current(), member, role),
              rows.change(member, role, clock.instant()));
        });
  }

  /** Takes a member out of the tenant, and all that was granted to them away. */
  public MembershipChange remove(Call call, Caller.Person by, PersonId member, IfMatch read) {
    return inTransaction(
        () -> {
          List<MemberView> locked = rows.lockOwnersAnd(member, by.id());
          Optional<MembershipChange> refused =
              refusal(locked, by, Action.TAKE_ROLE, member, null, read);
          if (refused.isPresent()) {
            return refused.get();
          }
          MemberView removed = ended(member);
          return changed(acts.removed(call, by.id(), Tenants.current(), member), removed);
        });
  }

  /** Takes the caller out of the tenant, whatever they are in it; but for the last owner. */
  public MembershipChange leave(Call call, Caller.Person by) {
    return inTransaction(
        () -> {
          List<MemberView> locked = rows.lockOwnersAnd(by.id());
          if (of(locked, by.id()).isEmpty()) {
            return new MembershipChange.Unknown();
          }
          if (isLastOwner(locked, by.id())) {
            return new MembershipChange.LastOwner();
          }
          MemberView left = ended(by.id());
          return changed(acts.leftTenant(call, by.id(), Tenants.current()), left);
        });
  }

  /**
   * Makes a member an owner and the caller, who must be one, an admin: both or neither, so that the
   * tenant is at no moment without.
   *
   * @param read the version of the new owner's membership
   * @return the new owner
   */
  public MembershipChange handOver(Call call, Caller.Person by, PersonId member, IfMatch read) {
    return inTransaction(
        () -> {
          List<MemberView> locked = rows.lockOwnersAnd(member, by.id());
          Optional<MembershipChange> refused =
              refusal(locked, by, Action.GIVE_ROLE, member, Role.OWNER, read);
          if (refused.isPresent()) {
            return refused.get();
          }
          if (member.equals(by.id())) {
            return new MembershipChange.Unknown();
          }
          if (isLastOwner(locked, by.id())
              && of(locked, member).filter(MemberView::ownProvider).isPresent()) {
            return new MembershipChange.LastOwner();
          }
          MemberView owner = rows.change(member, Role.OWNER, clock.instant());
          rows.change(by.id(), Role.ADMIN, clock.instant());
          return changed(acts.handedOver(call, by.id(), Tenants.current(), member), owner);
        });
  }

  private MemberView ended(PersonId member) {
    MemberView ended = rows.remove(member);
    grants.takeAllOf(member);
    return ended;
  }

  private static MembershipChange changed(RecordId record, MemberView member) {
    return new MembershipChange.Changed(new Recorded<>(record, member));
  }

  /**
   * Why not.
   *
   * @param locked the owners, the member and the caller: as the rows say it now, and not as it was
   *     when the request was let in
   * @param next what the member would be, or null for nothing any more
   */
  private Optional<MembershipChange> refusal(
      List<MemberView> locked,
      Caller.Person by,
      Action action,
      PersonId member,
      @Nullable Role next,
      IfMatch read) {
    Optional<MemberView> found = of(locked, member);
    if (found.isEmpty()) {
      return Optional.of(new MembershipChange.Unknown());
    }
    Role held = found.get().role();
    Standing standing =
        new Standing(
            Subject.PERSON,
            of(locked, by.id()).map(MemberView::role).map(Membership::of).orElse(Membership.NONE),
            true,
            true,
            true,
            true);
    Matter matter =
        new Matter.OnRole(Membership.of(next == null ? held : next), Membership.of(held));
    if (authorization.decide(new Facts(action, standing, matter))
        instanceof Decision.Denied(Reason reason)) {
      return Optional.of(new MembershipChange.Denied(reason));
    }
    if (!read.matches(ETag.ofVersion(found.get().version()))) {
      return Optional.of(new MembershipChange.Outdated());
    }
    return next != Role.OWNER && isLastOwner(locked, member)
        ? Optional.of(new MembershipChange.LastOwner())
        : Optional.empty();
  }

  private static Optional<MemberView> of(List<MemberView> locked, PersonId person) {
    return locked.stream().filter(one -> one.person().equals(person)).findFirst();
  }

  /**
   * Of those whom the platform's provider knows: they come in whatever becomes of the tenant's own,
   * and can mend it.
   */
  private static boolean isLastOwner(List<MemberView> locked, PersonId person) {
    return locked.stream()
        .filter(one -> one.role() == Role.OWNER && !one.ownProvider())
        .map(MemberView::person)
        .toList()
        .equals(List.of(person));
  }

  private MembershipChange inTransaction(Supplier<MembershipChange> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }
}
