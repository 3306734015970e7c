package dev.cofferdam.server.secrets;

import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.ProjectId;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.authz.Shown;
import dev.cofferdam.server.authz.Surroundings;
import dev.cofferdam.server.authz.Surroundings.Surrounding;
import dev.cofferdam.server.authz.ThingGrants;
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
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The secrets of the bound tenant as people see and change them: everything but a value comes out
 * here, and a value only goes in.
 */
public final class Secrets {
  private final Surroundings projects;
  private final SecretRows rows;
  private final VersionRows versions;
  private final ValueCipher cipher;
  private final Authorization authorization;
  private final ThingGrants grants;
  private final SecretActs acts;
  private final SecretsSettings settings;
  private final boolean hasStore;
  private final TransactionOperations transaction;
  private final Ids ids;
  private final Clock clock;

  /**
   * @param hasStore whether there is a second store that secrets can refer to
   */
  Secrets(
      Surroundings projects,
      SecretRows rows,
      VersionRows versions,
      ValueCipher cipher,
      Authorization authorization,
      ThingGrants grants,
      SecretActs acts,
      SecretsSettings settings,
      boolean hasStore,
      TransactionOperations transaction,
      Ids ids,
      Clock clock) {
    this.projects = projects;
    this.rows = rows;
    this.versions = versions;
    this.cipher = cipher;
    this.authorization = authorization;
    this.grants = grants;
    this.acts = acts;
    this.settings = settings;
    this.hasStore = hasStore;
    this.transaction = transaction;
    this.ids = ids;
    this.clock = clock;
  }

  /** The secrets of a project, by name. */
  public Shown<Page<SecretView>> list(
      Caller caller, ProjectId project, SecretFilter filter, PageRequest asked) {
    return seen(
        caller,
        project,
        () -> {
          String after = Objects.requireNonNullElse(asked.after(), "");
          List<SecretRows.Row> found =
              rows.page(project, filter, after, asked.limit() + 1, clock.instant());
          return Optional.of(
              page(
                  found.stream().map(SecretRows.Row::view).toList(),
                  asked.limit(),
                  SecretView::name));
        });
  }

  public Shown<Versioned<SecretView>> show(Caller caller, ProjectId project, SecretName name) {
    return seen(caller, project, () -> rows.find(project, name).map(Secrets::versioned));
  }

  /** The versions of a secret that are kept, the newest first. */
  public Shown<Page<VersionView>> versions(
      Caller caller, ProjectId project, SecretName name, PageRequest asked) {
    return seen(
        caller,
        project,
        () ->
            rows.find(project, name)
                .map(
                    secret -> {
                      @Nullable String after = asked.after();
                      long below = after == null ? Long.MAX_VALUE : Long.parseLong(after);
                      return page(
                          versions.page(secret.id(), below, asked.limit() + 1),
                          asked.limit(),
                          last -> Long.toString(last.version()));
                    }));
  }

  /**
   * Makes a secret that has no value yet, or whose value lies elsewhere.
   *
   * @param reference to where that is, null when values are put here
   */
  public SecretChange<Versioned<SecretView>> create(
      Call call,
      Caller.Person by,
      ProjectId project,
      SecretName name,
      String note,
      @Nullable Integer rotateAfterDays,
      @Nullable Reference reference,
      Once once) {
    if (reference != null && !hasStore) {
      return new SecretChange.NoStore<>();
    }
    return inProject(
        by,
        project,
        Action.CHANGE_THING,
        () -> {
          // The project is locked, so nobody else counts at the same time.
          if (rows.count(project) >= settings.mostOfAProject()) {
            return rows.find(project, name).isPresent()
                ? new SecretChange.NameTaken<>()
                : new SecretChange.TooMany<>();
          }
          SecretId id = new SecretId(ids.next());
          if (!rows.insert(id, project, name, note, rotateAfterDays, reference, clock.instant())) {
            return new SecretChange.NameTaken<>();
          }
          SecretRows.Row made = rows.find(project, name).orElseThrow();
          var record = acts.record(acts.created(call, by, made));
          return new SecretChange.Done<>(once.keep(new Recorded<>(record, versioned(made))));
        });
  }

  /** Changes what is said of a secret: its note, and when it is due. */
  public SecretChange<Versioned<SecretView>> describe(
      Call call,
      Caller.Person by,
      ProjectId project,
      SecretName name,
      String note,
      @Nullable Integer rotateAfterDays,
      IfMatch read) {
    return change(
        by,
        project,
        name,
        read,
        secret -> {
          rows.change(secret, note, rotateAfterDays, clock.instant());
          return done(call, by, "secret.described", secret);
        });
  }

  /**
   * Puts a new version. Of any number that read the same state one is stored.
   *
   * @param value which the caller clears
   */
  public SecretChange<Versioned<SecretView>> put(
      Call call, Caller.Person by, ProjectId project, SecretName name, byte[] value, IfMatch read) {
    return change(
        by,
        project,
        name,
        read,
        secret -> {
          if (secret.reference() != null) {
            return new SecretChange.NotInThisState<>();
          }
          Instant now = clock.instant();
          long version = secret.version() + 1;
          SealedValue sealed =
              cipher.seal(
                  new ValueCipher.Place(Tenants.current(), project, secret.id(), version), value);
          versions.insert(secret.id(), version, sealed, by.id(), now);
          rows.valued(secret, version, now);
          versions.outdate(secret.id(), version, version - settings.versionsKept());
          return done(call, by, "secret.put", secret);
        });
  }

  /** Deletes a secret so that it can be restored: no node gets it any more. */
  public SecretChange<Versioned<SecretView>> delete(
      Call call, Caller.Person by, ProjectId project, SecretName name) {
    return locked(
        by,
        project,
        name,
        Action.CHANGE_THING,
        secret -> {
          if (secret.isDeleted()) {
            return new SecretChange.NotInThisState<>();
          }
          rows.delete(secret, clock.instant());
          return done(call, by, "secret.deleted", secret);
        });
  }

  /** Brings a deleted secret back, with its versions and grants. */
  public SecretChange<Versioned<SecretView>> restore(
      Call call, Caller.Person by, ProjectId project, SecretName name) {
    return locked(
        by,
        project,
        name,
        Action.CHANGE_THING,
        secret -> {
          if (!secret.isDeleted()) {
            return new SecretChange.NotInThisState<>();
          }
          rows.restore(secret, clock.instant());
          return done(call, by, "secret.restored", secret);
        });
  }

  /** Destroys a deleted secret for good: its versions, grants, and what was sealed of it. */
  public SecretChange<SecretView> purge(
      Call call, Caller.Person by, ProjectId project, SecretName name) {
    return locked(
        by,
        project,
        name,
        Action.PURGE_THING,
        secret -> {
          if (!secret.isDeleted()) {
            return new SecretChange.NotInThisState<>();
          }
          rows.purge(secret);
          int taken = grants.takeAllOn(secret.id().value());
          var record =
              acts.record(
                  acts.done(call, by, "secret.purged", secret)
                      .with("grants", Integer.toString(taken)));
          return new SecretChange.Done<>(new Recorded<>(record, secret.view()));
        });
  }

  /** A secret, as grants are on it. */
  Optional<ThingGrants.Thing> thing(ProjectId project, SecretName name) {
    return rows.find(project, name)
        .map(row -> new ThingGrants.Thing(project, "secret", row.id().value()));
  }

  private SecretChange<Versioned<SecretView>> done(
      Call call, Caller.Person by, String action, SecretRows.Row before) {
    SecretRows.Row after = rows.find(before.project(), before.name()).orElseThrow();
    var record =
        acts.record(
            acts.done(call, by, action, after).with("version", Long.toString(after.version())));
    return new SecretChange.Done<>(new Recorded<>(record, versioned(after)));
  }

  /** What is changed on condition that it is as it was read, and is there. */
  private <T> SecretChange<T> change(
      Caller.Person by,
      ProjectId project,
      SecretName name,
      IfMatch read,
      Function<SecretRows.Row, SecretChange<T>> work) {
    return locked(
        by,
        project,
        name,
        Action.CHANGE_THING,
        secret -> {
          if (!read.matches(ETag.ofVersion(secret.revision()))) {
            return new SecretChange.Outdated<>();
          }
          return secret.isDeleted() ? new SecretChange.NotInThisState<>() : work.apply(secret);
        });
  }

  private <T> SecretChange<T> locked(
      Caller.Person by,
      ProjectId project,
      SecretName name,
      Action action,
      Function<SecretRows.Row, SecretChange<T>> work) {
    return inProject(
        by,
        project,
        action,
        () -> rows.findLocked(project, name).map(work).orElseGet(SecretChange.Unknown::new));
  }

  /** With the project locked, so that what is decided on holds until the change is made. */
  private <T> SecretChange<T> inProject(
      Caller.Person by, ProjectId project, Action action, Supplier<SecretChange<T>> work) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Optional<Surrounding> found = projects.findLocked(by, project);
              if (found.isEmpty()) {
                return new SecretChange.Unknown<>();
              }
              return authorization.decide(found.get().facts(by, action, clock.instant()))
                      instanceof Decision.Denied(Reason reason)
                  ? new SecretChange.Denied<>(reason)
                  : work.get();
            }));
  }

  private <T> Shown<T> seen(Caller caller, ProjectId project, Supplier<Optional<T>> look) {
    Optional<Surrounding> found = projects.find(caller, project);
    if (found.isEmpty()) {
      return new Shown.Hidden<>(Reason.NOT_VISIBLE);
    }
    if (authorization.decide(found.get().facts(caller, Action.VIEW_THING, clock.instant()))
        instanceof Decision.Denied(Reason reason)) {
      return new Shown.Hidden<>(reason);
    }
    return look.get()
        .<Shown<T>>map(Shown.Seen::new)
        .orElseGet(() -> new Shown.Hidden<>(Reason.NOT_VISIBLE));
  }

  private static <T> Page<T> page(List<T> found, int limit, Function<T, String> position) {
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    List<T> items = found.subList(0, limit);
    return new Page<>(items, position.apply(items.getLast()));
  }

  private static Versioned<SecretView> versioned(SecretRows.Row row) {
    return new Versioned<>(ETag.ofVersion(row.revision()), row.view());
  }
}
