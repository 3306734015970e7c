package dev.cofferdam.server.identity.closing;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Matter;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.identity.Acts;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantProfiles;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Whether the tenant that is bound is to be deleted, for its own people. */
public final class Closings {
  private static final String COLUMNS = "requested_by, requested_at, agreed_by, agreed_at, due_at";

  private final JdbcClient app;
  private final TransactionOperations transaction;
  private final TenantProfiles profiles;
  private final Authorization authorization;
  private final Acts acts;
  private final ClosingSettings settings;
  private final Clock clock;

  Closings(
      JdbcClient app,
      TransactionOperations transaction,
      TenantProfiles profiles,
      Authorization authorization,
      Acts acts,
      ClosingSettings settings,
      Clock clock) {
    this.app = app;
    this.transaction = transaction;
    this.profiles = profiles;
    this.authorization = authorization;
    this.acts = acts;
    this.settings = settings;
    this.clock = clock;
  }

  /** That it is to be deleted, if it is. */
  public Optional<ClosingView> current() {
    return app.sql("select %s from identity.closing where tenant_id = :tenant".formatted(COLUMNS))
        .param("tenant", Tenants.current().value())
        .query((row, n) -> view(row))
        .optional();
  }

  /** An owner, and since when. */
  private record Owner(PersonId person, Instant since) {}

  /**
   * Has the tenant deleted: after the delay of who is alone where there is no other owner, and else
   * when another one has agreed, and the delay after that is over.
   *
   * @param slug as the owner typed it, so that nobody deletes the wrong one
   */
  public ClosingChange schedule(Call call, Caller.Person by, String slug) {
    return deciding(
        by,
        () -> {
          if (!profiles.current().slug().text().equals(slug)) {
            return new ClosingChange.OtherName();
          }
          // As finely as PostgreSQL keeps it.
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          boolean alone = isAlone(owners(), by.id());
          @Nullable Instant due = alone ? now.plus(settings.deletionDelayAlone()) : null;
          int inserted =
              app.sql(
                      """
                      insert into identity.closing (tenant_id, requested_by, requested_at, due_at)
                      values (:tenant, :by, :now, :due) on conflict do nothing
                      """)
                  .param("tenant", Tenants.current().value())
                  .param("by", by.id().value())
                  .param("now", now.atOffset(UTC))
                  .param("due", due == null ? null : due.atOffset(UTC))
                  .update();
          if (inserted == 0) {
            return current()
                .<ClosingChange>map(ClosingChange.Before::new)
                .orElseGet(ClosingChange.Unknown::new);
          }
          RecordId record =
              due == null
                  ? acts.deletionRequested(call, by.id(), Tenants.current())
                  : acts.deletionScheduled(call, by.id(), Tenants.current(), due);
          return new ClosingChange.Scheduled(
              new Recorded<>(
                  record,
                  new ClosingView(by.id(), now, Optional.empty(), Optional.ofNullable(due))));
        });
  }

  /**
   * Agrees, as another owner, that the tenant be deleted: it is due when the delay is over.
   *
   * @param slug as the owner typed it
   */
  public ClosingChange agree(Call call, Caller.Person by, String slug) {
    return deciding(
        by,
        () -> {
          if (!profiles.current().slug().text().equals(slug)) {
            return new ClosingChange.OtherName();
          }
          Optional<ClosingView> found = current();
          if (found.isEmpty()) {
            return new ClosingChange.Unknown();
          }
          if (!found.get().isWaiting()) {
            return new ClosingChange.Before(found.get());
          }
          if (!found.get().isByAnother(by.id())) {
            return new ClosingChange.Own();
          }
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          return isSettled(owners(), by.id(), now)
              ? agreed(call, by, found.get(), now)
              : new ClosingChange.NewOwner();
        });
  }

  private ClosingChange agreed(Call call, Caller.Person by, ClosingView seen, Instant now) {
    Instant due = now.plus(settings.deletionDelay());
    int updated =
        app.sql(
                """
                update identity.closing set agreed_by = :by, agreed_at = :now, due_at = :due
                 where tenant_id = :tenant and due_at is null
                   and requested_by = :wisher and requested_at = :since
                """)
            .param("tenant", Tenants.current().value())
            .param("by", by.id().value())
            .param("now", now.atOffset(UTC))
            .param("due", due.atOffset(UTC))
            .param("wisher", seen.requestedBy().value())
            .param("since", seen.requestedAt().atOffset(UTC))
            .update();
    if (updated == 0) {
      // Called off meanwhile: whoever agreed saw something else.
      return new ClosingChange.Unknown();
    }
    return new ClosingChange.Agreed(
        new Recorded<>(
            acts.deletionAgreed(call, by.id(), Tenants.current(), due),
            new ClosingView(
                seen.requestedBy(),
                seen.requestedAt(),
                Optional.of(new ClosingView.Agreement(by.id(), now)),
                Optional.of(due))));
  }

  /** All of them, who stay what they are until the transaction ends. */
  private List<Owner> owners() {
    return app.sql(
            """
            select person_id, changed_at from identity.membership
             where tenant_id = :tenant and role = 'owner' order by person_id for update
            """)
        .param("tenant", Tenants.current().value())
        .query(
            (row, n) ->
                new Owner(
                    new PersonId(row.getObject("person_id", UUID.class)),
                    row.getObject("changed_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  private static boolean isAlone(List<Owner> owners, PersonId person) {
    return owners.stream().allMatch(owner -> owner.person().equals(person));
  }

  // So that nobody makes somebody an owner for it: that one is seen by the others as long as a
  // deletion is.
  private boolean isSettled(List<Owner> owners, PersonId person, Instant now) {
    Instant latest = now.minus(settings.deletionDelay());
    return owners.stream()
        .anyMatch(owner -> owner.person().equals(person) && !owner.since().isAfter(latest));
  }

  /** Keeps the tenant, while that can still be done. No stronger sign-in is asked for to keep. */
  public ClosingChange callOff(Call call, Caller.Person by) {
    return Objects.requireNonNull(
        transaction.execute(
            status ->
                app
                    .sql(
                        """
                        delete from identity.closing where tenant_id = :tenant and begun_at is null
                        returning %s
                        """
                            .formatted(COLUMNS))
                    .param("tenant", Tenants.current().value())
                    .query((row, n) -> view(row))
                    .list()
                    .stream()
                    .findFirst()
                    .<ClosingChange>map(
                        view ->
                            new ClosingChange.CalledOff(
                                new Recorded<>(
                                    acts.deletionCancelled(call, by.id(), Tenants.current()),
                                    view)))
                    .orElseGet(ClosingChange.Unknown::new)));
  }

  private ClosingChange deciding(Caller.Person by, Supplier<ClosingChange> work) {
    return authorization.decide(
                Facts.of(
                    by,
                    Action.CLOSE_TENANT,
                    Tenants.current(),
                    new Matter.OnTenant(),
                    clock.instant()))
            instanceof Decision.Denied(Reason reason)
        ? new ClosingChange.Denied(reason)
        : Objects.requireNonNull(transaction.execute(status -> work.get()));
  }

  private static ClosingView view(ResultSet row) throws SQLException {
    return new ClosingView(
        new PersonId(row.getObject("requested_by", UUID.class)),
        time(row, "requested_at").orElseThrow(),
        agreement(row),
        time(row, "due_at"));
  }

  private static Optional<ClosingView.Agreement> agreement(ResultSet row) throws SQLException {
    @Nullable UUID by = row.getObject("agreed_by", UUID.class);
    return by == null
        ? Optional.empty()
        : Optional.of(
            new ClosingView.Agreement(new PersonId(by), time(row, "agreed_at").orElseThrow()));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
