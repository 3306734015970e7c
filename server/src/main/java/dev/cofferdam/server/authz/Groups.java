package dev.cofferdam.server.authz;

import dev.cofferdam.server.authz.Matter.OnTenant;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Versioned;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionOperations;

/** The groups of the bound tenant, and who is in them. */
public final class Groups {
  private final GroupRows rows;
  private final Members members;
  private final Authorization authorization;
  private final Acts acts;
  private final TransactionOperations transaction;
  private final Ids ids;
  private final Clock clock;

  Groups(
      GroupRows rows,
      Members members,
      Authorization authorization,
      Acts acts,
      TransactionOperations transaction,
      Ids ids,
      Clock clock) {
    this.rows = rows;
    this.members = members;
    this.authorization = authorization;
    this.acts = acts;
    this.transaction = transaction;
    this.ids = ids;
    this.clock = clock;
  }

  /** The groups, by id. */
  public Shown<Page<GroupView>> list(Caller caller, PageRequest asked) {
    if (decide(caller, Action.VIEW_GROUPS) instanceof Decision.Denied(Reason reason)) {
      return new Shown.Hidden<>(reason);
    }
    List<GroupRows.Row> found = rows.page(Pages.position(asked), asked.limit() + 1);
    return new Shown.Seen<>(
        Pages.page(
            found.stream().map(GroupRows.Row::view).toList(),
            asked.limit(),
            last -> last.id().toString()));
  }

  public Shown<Versioned<GroupView>> show(Caller caller, GroupId id) {
    if (decide(caller, Action.VIEW_GROUPS) instanceof Decision.Denied(Reason reason)) {
      return new Shown.Hidden<>(reason);
    }
    return rows.find(id)
        .<Shown<Versioned<GroupView>>>map(row -> new Shown.Seen<>(versioned(row)))
        .orElseGet(() -> new Shown.Hidden<>(Reason.NOT_VISIBLE));
  }

  /** The persons in a group, by id. */
  public Shown<Page<GroupMemberView>> members(Caller caller, GroupId id, PageRequest asked) {
    if (decide(caller, Action.VIEW_GROUPS) instanceof Decision.Denied(Reason reason)) {
      return new Shown.Hidden<>(reason);
    }
    if (rows.find(id).isEmpty()) {
      return new Shown.Hidden<>(Reason.NOT_VISIBLE);
    }
    return new Shown.Seen<>(
        Pages.page(
            rows.members(id, Pages.position(asked), asked.limit() + 1),
            asked.limit(),
            last -> last.personId().toString()));
  }

  public Change<Versioned<GroupView>> create(
      Call call, Caller.Person by, GivenName name, Once once) {
    return change(
        by,
        () -> {
          GroupId id = new GroupId(ids.next());
          if (!rows.insert(id, name, clock.instant())) {
            return new Change.NameTaken<>();
          }
          var record =
              acts.record(
                  acts.done(call, by, "group.created", "group", id.value())
                      .with("name", name.text()));
          GroupRows.Row made = rows.find(id).orElseThrow();
          return new Change.Done<>(once.keep(new Recorded<>(record, versioned(made))));
        });
  }

  public Change<Versioned<GroupView>> rename(
      Call call, Caller.Person by, GroupId id, GivenName name, IfMatch read) {
    return change(
        by,
        () -> {
          Optional<GroupRows.Row> found = rows.findLocked(id);
          if (found.isEmpty()) {
            return new Change.Unknown<>();
          }
          if (!read.matches(ETag.ofVersion(found.get().version()))) {
            return new Change.Outdated<>();
          }
          GroupRows.Row renamed = rows.rename(id, name, clock.instant());
          var record =
              acts.record(
                  acts.done(call, by, "group.renamed", "group", id.value())
                      .with("name", name.text()));
          return new Change.Done<>(new Recorded<>(record, versioned(renamed)));
        });
  }

  /** Removes a group, and with it everything that was granted to it. */
  public Change<GroupView> remove(Call call, Caller.Person by, GroupId id, IfMatch read) {
    return change(
        by,
        () -> {
          Optional<GroupRows.Row> found = rows.findLocked(id);
          if (found.isEmpty()) {
            return new Change.Unknown<>();
          }
          if (!read.matches(ETag.ofVersion(found.get().version()))) {
            return new Change.Outdated<>();
          }
          int grants = rows.remove(id);
          var record =
              acts.record(
                  acts.done(call, by, "group.removed", "group", id.value())
                      .with("grants", Integer.toString(grants)));
          return new Change.Done<>(new Recorded<>(record, found.get().view()));
        });
  }

  /** Puts a member of the tenant into a group; one who is in it stays. */
  public Change<GroupMemberView> add(Call call, Caller.Person by, GroupId id, PersonId person) {
    return change(
        by,
        () -> {
          if (rows.findLocked(id).isEmpty()) {
            return new Change.Unknown<>();
          }
          if (!members.isMember(person)) {
            return new Change.NobodyThere<>();
          }
          GroupMemberView added = rows.add(id, person, clock.instant());
          var record =
              acts.record(
                  acts.done(call, by, "group.member_added", "group", id.value())
                      .with("person", person.toString()));
          return new Change.Done<>(new Recorded<>(record, added));
        });
  }

  /** Takes somebody out of a group. */
  public Change<GroupMemberView> drop(Call call, Caller.Person by, GroupId id, PersonId person) {
    return change(
        by,
        () -> {
          if (rows.findLocked(id).isEmpty()) {
            return new Change.Unknown<>();
          }
          Optional<GroupMemberView> dropped = rows.drop(id, person);
          if (dropped.isEmpty()) {
            return new Change.Unknown<>();
          }
          var record =
              acts.record(
                  acts.done(call, by, "group.member_removed", "group", id.value())
                      .with("person", person.toString()));
          return new Change.Done<>(new Recorded<>(record, dropped.get()));
        });
  }

  private Decision decide(Caller caller, Action action) {
    return authorization.decide(
        Facts.of(caller, action, Tenants.current(), new OnTenant(), clock.instant()));
  }

  private <T> Change<T> change(Caller.Person by, Supplier<Change<T>> work) {
    if (decide(by, Action.CHANGE_GROUPS) instanceof Decision.Denied(Reason reason)) {
      return new Change.Denied<>(reason);
    }
    try {
      return Objects.requireNonNull(transaction.execute(status -> work.get()));
    } catch (DuplicateKeyException sameName) {
      return new Change.NameTaken<>();
    }
  }

  private static Versioned<GroupView> versioned(GroupRows.Row row) {
    return new Versioned<>(ETag.ofVersion(row.version()), row.view());
  }
}
