package dev.cofferdam.server.authz;

import dev.cofferdam.server.authz.Matter.OnTenant;
import dev.cofferdam.server.authz.Matter.OnThing;
import dev.cofferdam.server.authz.Matter.Reach;
import dev.cofferdam.server.authz.Matter.State;
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
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionOperations;

/** The projects of the bound tenant. One is archived and brought back, and never removed. */
public final class Projects {
  private final ProjectRows rows;
  private final Authorization authorization;
  private final Acts acts;
  private final TransactionOperations transaction;
  private final Ids ids;
  private final Clock clock;

  Projects(
      ProjectRows rows,
      Authorization authorization,
      Acts acts,
      TransactionOperations transaction,
      Ids ids,
      Clock clock) {
    this.rows = rows;
    this.authorization = authorization;
    this.acts = acts;
    this.transaction = transaction;
    this.ids = ids;
    this.clock = clock;
  }

  /** The projects that the caller may see, by id. */
  public Shown<Page<ProjectView>> list(Caller caller, PageRequest asked) {
    if (decide(caller, Action.VIEW_PROJECTS, Tenants.current(), new OnTenant())
        instanceof Decision.Denied(Reason reason)) {
      return new Shown.Hidden<>(reason);
    }
    UUID after = Pages.position(asked);
    int most = asked.limit() + 1;
    List<ProjectRows.Row> found =
        seesAll(caller)
            ? rows.page(Holder.of(caller), after, most)
            : rows.pageOfRelated(Holder.of(caller), after, most);
    Page<ProjectRows.Row> page = Pages.page(found, asked.limit(), last -> last.id().toString());
    return new Shown.Seen<>(
        new Page<>(
            page.items().stream()
                .filter(row -> decide(caller, Action.VIEW_THING, row) instanceof Decision.Permitted)
                .map(ProjectRows.Row::view)
                .toList(),
            page.last()));
  }

  public Shown<Versioned<ProjectView>> show(Caller caller, ProjectId id) {
    Optional<ProjectRows.Row> found = rows.find(id, Holder.of(caller));
    if (found.isEmpty()) {
      return new Shown.Hidden<>(Reason.NOT_VISIBLE);
    }
    return switch (decide(caller, Action.VIEW_THING, found.get())) {
      case Decision.Permitted permitted -> new Shown.Seen<>(versioned(found.get()));
      case Decision.Denied denied -> new Shown.Hidden<>(denied.reason());
    };
  }

  public Change<Versioned<ProjectView>> create(
      Call call, Caller.Person by, GivenName name, Once once) {
    if (decide(by, Action.CREATE_PROJECT, Tenants.current(), new OnTenant())
        instanceof Decision.Denied(Reason reason)) {
      return new Change.Denied<>(reason);
    }
    return inTransaction(
        () -> {
          ProjectId id = new ProjectId(ids.next());
          if (!rows.insert(id, name, clock.instant())) {
            return new Change.NameTaken<>();
          }
          var record =
              acts.record(
                  acts.done(call, by, "project.created", "project", id.value())
                      .with("name", name.text()));
          ProjectRows.Row made = rows.find(id, Holder.of(by)).orElseThrow();
          return new Change.Done<>(once.keep(new Recorded<>(record, versioned(made))));
        });
  }

  /**
   * Renames a project, archives it, or brings it back.
   *
   * @param name null when it stays
   * @param state null when it stays
   */
  public Change<Versioned<ProjectView>> change(
      Call call,
      Caller.Person by,
      ProjectId id,
      @Nullable GivenName name,
      @Nullable State state,
      IfMatch read) {
    return inTransaction(
        () -> {
          Optional<ProjectRows.Row> found = rows.findLocked(id, Holder.of(by));
          if (found.isEmpty()) {
            return new Change.Unknown<>();
          }
          ProjectRows.Row before = found.get();
          if (decide(by, Action.MANAGE_THING, before) instanceof Decision.Denied(Reason reason)) {
            return new Change.Denied<>(reason);
          }
          if (!read.matches(ETag.ofVersion(before.version()))) {
            return new Change.Outdated<>();
          }
          rows.change(
              id,
              name == null ? before.name() : name.text(),
              state == null ? before.state() : state,
              clock.instant());
          ProjectRows.Row after = rows.find(id, Holder.of(by)).orElseThrow();
          var record =
              acts.record(
                  acts.done(call, by, "project.changed", "project", id.value())
                      .with("name", after.name())
                      .with("state", after.state().label()));
          return new Change.Done<>(new Recorded<>(record, versioned(after)));
        });
  }

  /** Whether the caller's role shows every project, so that no relation is needed. */
  private boolean seesAll(Caller caller) {
    return decide(
            caller, Action.VIEW_THING, Tenants.current(), new OnThing(Reach.NONE, State.ACTIVE))
        instanceof Decision.Permitted;
  }

  private Decision decide(Caller caller, Action action, ProjectRows.Row project) {
    return decide(caller, action, project.owner(), new OnThing(project.reach(), project.state()));
  }

  private Decision decide(Caller caller, Action action, TenantId owner, Matter matter) {
    return authorization.decide(Facts.of(caller, action, owner, matter, clock.instant()));
  }

  private <T> Change<T> inTransaction(Supplier<Change<T>> work) {
    try {
      return Objects.requireNonNull(transaction.execute(status -> work.get()));
    } catch (DuplicateKeyException sameName) {
      return new Change.NameTaken<>();
    }
  }

  private static Versioned<ProjectView> versioned(ProjectRows.Row row) {
    return new Versioned<>(ETag.ofVersion(row.version()), row.view());
  }
}
