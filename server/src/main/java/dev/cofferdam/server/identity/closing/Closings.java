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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Whether the tenant that is bound is to be deleted, for its own people. */
public final class Closings {
  private static final String COLUMNS = "requested_by, requested_at, due_at";

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

  /**
   * Has the tenant deleted after the delay.
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
          Instant due = now.plus(settings.deletionDelay());
          int inserted =
              app.sql(
                      """
                      insert into identity.closing (tenant_id, requested_by, requested_at, due_at)
                      values (:tenant, :by, :now, :due) on conflict do nothing
                      """)
                  .param("tenant", Tenants.current().value())
                  .param("by", by.id().value())
                  .param("now", now.atOffset(UTC))
                  .param("due", due.atOffset(UTC))
                  .update();
          if (inserted == 0) {
            return current()
                .<ClosingChange>map(ClosingChange.Before::new)
                .orElseGet(ClosingChange.Unknown::new);
          }
          RecordId record = acts.deletionScheduled(call, by.id(), Tenants.current(), due);
          return new ClosingChange.Scheduled(
              new Recorded<>(record, new ClosingView(by.id(), now, due)));
        });
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
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        row.getObject("due_at", OffsetDateTime.class).toInstant());
  }
}
