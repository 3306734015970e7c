package dev.cofferdam.server.identity.emergency;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Matter;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.identity.Acts;
import dev.cofferdam.server.identity.EmergencyId;
import dev.cofferdam.server.identity.EmergencySessions;
import dev.cofferdam.server.identity.EmergencySessions.Exchange;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.StatedReason;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Emergencies: opened by an operator in a tenant, seen and ended by its people. */
public final class Emergencies {
  private static final String COLUMNS =
      "emergency_id, operator_id, reason, opened_at, expires_at, ended_at, ended_by";
  private static final UUID LAST = new UUID(-1, -1);

  private final JdbcClient app;
  private final TransactionOperations transaction;
  private final EmergencySessions sessions;
  private final TenantGate gate;
  private final Authorization authorization;
  private final Acts acts;
  private final Runnable lettersAreDue;
  private final Clock clock;

  Emergencies(
      JdbcClient app,
      TransactionOperations transaction,
      EmergencySessions sessions,
      TenantGate gate,
      Authorization authorization,
      Acts acts,
      Runnable lettersAreDue,
      Clock clock) {
    this.app = app;
    this.transaction = transaction;
    this.sessions = sessions;
    this.gate = gate;
    this.authorization = authorization;
    this.acts = acts;
    this.lettersAreDue = lettersAreDue;
    this.clock = clock;
  }

  /** Has the operator read in the tenant, in exchange for the session that they ask in. */
  public EmergencyOpening open(
      Call call,
      Caller.Operator by,
      PresentedSession presented,
      TenantId tenant,
      StatedReason reason) {
    return switch (gate.enter(tenant)) {
      case TenantEntry.Denied(TenantEntry.Reason why) ->
          why == TenantEntry.Reason.UNKNOWN
              ? new EmergencyOpening.Unknown()
              : new EmergencyOpening.Closed(why.name().toLowerCase(Locale.ROOT));
      case TenantEntry.Entered entered ->
          switch (sessions.open(call, by, presented, tenant, reason)) {
            case Exchange.Opened opened -> {
              lettersAreDue.run();
              yield new EmergencyOpening.Opened(
                  opened.handle(),
                  Recorded.in(tenant, opened.record(), view(opened, by.id(), reason)));
            }
            case Exchange.Already already -> new EmergencyOpening.Already();
            case Exchange.Weak weak -> new EmergencyOpening.Weak();
            case Exchange.Ended ended -> new EmergencyOpening.Ended();
          };
    };
  }

  private static EmergencyView view(Exchange.Opened opened, PersonId by, StatedReason reason) {
    return new EmergencyView(
        opened.emergency(),
        by,
        reason.text(),
        opened.at(),
        opened.until(),
        Optional.empty(),
        Optional.empty());
  }

  /** Those of the bound tenant, the newest first. */
  public Page<EmergencyView> list(PageRequest asked) {
    @Nullable String after = asked.after();
    List<EmergencyView> found =
        app.sql(
                """
                select %s from identity.emergency
                 where tenant_id = :tenant and emergency_id < :before order by emergency_id desc limit :most
                """
                    .formatted(COLUMNS))
            .param("tenant", Tenants.current().value())
            .param("before", after == null ? LAST : UUID.fromString(after))
            .param("most", asked.limit() + 1)
            .query((row, n) -> view(row))
            .list();
    if (found.size() <= asked.limit()) {
      return new Page<>(found, null);
    }
    List<EmergencyView> items = found.subList(0, asked.limit());
    return new Page<>(items, items.getLast().id().toString());
  }

  /** Those of the bound tenant in which somebody may be reading now, the newest first. */
  public List<EmergencyView> open() {
    return app.sql(
            """
            select %s from identity.emergency
             where tenant_id = :tenant and ended_at is null and expires_at > :now order by emergency_id desc
            """
                .formatted(COLUMNS))
        .param("tenant", Tenants.current().value())
        .param("now", clock.instant().atOffset(UTC))
        .query((row, n) -> view(row))
        .list();
  }

  /** Has the operator read no more, within a second. */
  public EmergencyEnding end(Call call, Caller.Person by, EmergencyId id) {
    // As finely as PostgreSQL keeps it.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Facts facts = Facts.of(by, Action.END_EMERGENCY, Tenants.current(), new Matter.OnTenant(), now);
    if (authorization.decide(facts) instanceof Decision.Denied(Reason reason)) {
      return new EmergencyEnding.Denied(reason);
    }
    return Objects.requireNonNull(
        transaction.execute(
            status ->
                ended(by.id(), id, now)
                    .<EmergencyEnding>map(
                        view ->
                            new EmergencyEnding.Ended(
                                new Recorded<>(
                                    acts.emergencyEnded(call, by.id(), Tenants.current(), id),
                                    view)))
                    .orElseGet(EmergencyEnding.Unknown::new)));
  }

  private Optional<EmergencyView> ended(PersonId by, EmergencyId id, Instant now) {
    return app.sql(
            """
            update identity.emergency set ended_at = :now, ended_by = :by
             where tenant_id = :tenant and emergency_id = :emergency and ended_at is null and expires_at > :now
            returning %s
            """
                .formatted(COLUMNS))
        .param("now", now.atOffset(UTC))
        .param("by", by.value())
        .param("tenant", Tenants.current().value())
        .param("emergency", id.value())
        .query((row, n) -> view(row))
        .optional();
  }

  private static EmergencyView view(ResultSet row) throws SQLException {
    return new EmergencyView(
        new EmergencyId(row.getObject("emergency_id", UUID.class)),
        new PersonId(row.getObject("operator_id", UUID.class)),
        row.getString("reason"),
        row.getObject("opened_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getObject("ended_by", UUID.class)).map(PersonId::new));
  }
}
