package dev.cofferdam.server.identity;

import dev.cofferdam.server.authz.Grants;
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
  private final Acts acts;
  private final Clock clock;

  Memberships(
      MembershipRows rows,
      TransactionOperations transaction,
      Grants grants,
      Acts acts,
      Clock clock) {
    this.rows = rows;
    this.transaction = transaction;
    this.grants = grants;
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

  /** Makes a member something else. */
  public MembershipChange change(
      Call call, Caller.Person by, PersonId member, Role role, IfMatch read) {
    return inTransaction(
        () -> {
          Optional<MembershipChange> refused = refusal(by, member, role, read);
          if (refused.isPresent()) {
            return refused.get();
          }
          MemberView changed = rows.change(member, role, clock.instant());
          RecordId record = acts.roleChanged(call, by.id(), Tenants.current(), member, role);
          return new MembershipChange.Changed(new Recorded<>(record, changed));
        });
  }

  /** Takes a member out of the tenant, and all that was granted to them away. */
  public MembershipChange remove(Call call, Caller.Person by, PersonId member, IfMatch read) {
    return inTransaction(
        () -> {
          Optional<MembershipChange> refused = refusal(by, member, null, read);
          if (refused.isPresent()) {
            return refused.get();
          }
          MemberView removed = rows.remove(member);
          grants.takeAllOf(member);
          RecordId record = acts.removed(call, by.id(), Tenants.current(), member);
          return new MembershipChange.Changed(new Recorded<>(record, removed));
        });
  }

  /**
   * Why not.
   *
   * @param next what the member would be, or null for nothing any more
   */
  private Optional<MembershipChange> refusal(
      Caller.Person by, PersonId member, @Nullable Role next, IfMatch read) {
    // Locked with every owner, and in one order: of two owners who remove each other one stays.
    List<MemberView> locked = rows.lockOwnersAnd(member);
    Optional<MemberView> found =
        locked.stream().filter(one -> one.person().equals(member)).findFirst();
    if (found.isEmpty()) {
      return Optional.of(new MembershipChange.Unknown());
    }
    if (!read.matches(ETag.ofVersion(found.get().version()))) {
      return Optional.of(new MembershipChange.Outdated());
    }
    boolean wasOwner = found.get().role() == Role.OWNER;
    if ((wasOwner || next == Role.OWNER) && !isOwner(by, locked)) {
      return Optional.of(new MembershipChange.OwnersOnly());
    }
    long owners = locked.stream().filter(one -> one.role() == Role.OWNER).count();
    return wasOwner && next != Role.OWNER && owners == 1
        ? Optional.of(new MembershipChange.LastOwner())
        : Optional.empty();
  }

  /** As the rows say it now, and not as it was when the request was let in. */
  private static boolean isOwner(Caller.Person by, List<MemberView> locked) {
    return locked.stream()
        .anyMatch(one -> one.person().equals(by.id()) && one.role() == Role.OWNER);
  }

  private MembershipChange inTransaction(Supplier<MembershipChange> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }
}
