package dev.cofferdam.server.authz;

import dev.cofferdam.server.authz.Matter.OnTenant;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.NodeId;
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
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionOperations;

/** The groups of the bound tenant, and who is in them. */
public final class Groups {
  private final GroupRows rows;
  private final Members members;
  private final Nodes nodes;
  private final Authorization authorization;
  private final Acts acts;
  private final TransactionOperations transaction;
  private final Ids ids;
  private final Clock clock;

  Groups(
      GroupRows rows,
      Members members,
      Nodes nodes,
      Authorization authorization,
      Acts acts,
      TransactionOperations transaction,
      Ids ids,
      Clock clock) {
    this.rows = rows;
    this.members = members;
    this.nodes = nodes;
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
    return within(caller, id, Holder.PERSON, asked, GroupRows.Member::asPerson);
  }

  /** The nodes in a group, by id. */
  public Shown<Page<GroupNodeView>> nodes(Caller caller, GroupId id, PageRequest asked) {
    return within(caller, id, Holder.NODE, asked, GroupRows.Member::asNode);
  }

  private <T> Shown<Page<T>> within(
      Caller caller,
      GroupId id,
      String kind,
      PageRequest asked,
      Function<GroupRows.Member, T> view) {
    if (decide(caller, Action.VIEW_GROUPS) instanceof Decision.Denied(Reason reason)) {
      return new Shown.Hidden<>(reason);
    }
    if (rows.find(id).isEmpty()) {
      return new Shown.Hidden<>(Reason.NOT_VISIBLE);
    }
    Page<GroupRows.Member> page =
        Pages.page(
            rows.members(id, kind, Pages.position(asked), asked.limit() + 1),
            asked.limit(),
            last -> last.id().toString());
    return new Shown.Seen<>(new Page<>(page.items().stream().map(view).toList(), page.last()));
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
    return add(
        call,
        by,
        id,
        Holder.of(person),
        () -> members.isMember(person),
        GroupRows.Member::asPerson);
  }

  /** Puts a node of the tenant into a group; one that is in it stays. */
  public Change<GroupNodeView> add(Call call, Caller.Person by, GroupId id, NodeId node) {
    return add(call, by, id, Holder.of(node), () -> nodes.isNode(node), GroupRows.Member::asNode);
  }

  private <T> Change<T> add(
      Call call,
      Caller.Person by,
      GroupId id,
      Holder holder,
      BooleanSupplier isThere,
      Function<GroupRows.Member, T> view) {
    return change(
        by,
        () -> {
          if (rows.findLocked(id).isEmpty()) {
            return new Change.Unknown<>();
          }
          if (!isThere.getAsBoolean()) {
            return new Change.NobodyThere<>();
          }
          T added = view.apply(rows.add(id, holder, clock.instant()));
          return done(call, by, "group.member_added", id, holder, added);
        });
  }

  /** Takes somebody out of a group. */
  public Change<GroupMemberView> drop(Call call, Caller.Person by, GroupId id, PersonId person) {
    return drop(call, by, id, Holder.of(person), GroupRows.Member::asPerson);
  }

  /** Takes a node out of a group. */
  public Change<GroupNodeView> drop(Call call, Caller.Person by, GroupId id, NodeId node) {
    return drop(call, by, id, Holder.of(node), GroupRows.Member::asNode);
  }

  private <T> Change<T> drop(
      Call call, Caller.Person by, GroupId id, Holder holder, Function<GroupRows.Member, T> view) {
    return change(
        by,
        () -> {
          if (rows.findLocked(id).isEmpty()) {
            return new Change.Unknown<>();
          }
          return rows.drop(id, holder)
              .map(view)
              .<Change<T>>map(
                  dropped -> done(call, by, "group.member_removed", id, holder, dropped))
              .orElseGet(Change.Unknown::new);
        });
  }

  private <T> Change<T> done(
      Call call, Caller.Person by, String action, GroupId id, Holder holder, T answer) {
    var record =
        acts.record(
            acts.done(call, by, action, "group", id.value())
                .with(holder.kind(), holder.id().toString()));
    return new Change.Done<>(new Recorded<>(record, answer));
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
