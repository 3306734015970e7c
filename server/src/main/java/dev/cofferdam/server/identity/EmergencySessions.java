package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.StatedReason;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sessions in which an operator reads in one tenant for a while. One is got in exchange for an
 * operator's session, is never anything else, and ends with its emergency (docs/adr/0051). Safe for
 * use by many threads.
 */
public final class EmergencySessions {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("emergency"));
  private static final Duration PROVEN =
      Objects.requireNonNull(Assurance.RECENT_MULTI_FACTOR.maxAge());

  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final SessionRows rows;
  private final SessionHandles handles;
  private final Profiles profiles;
  private final Acts acts;
  private final Ids ids;
  private final IdentitySettings settings;
  private final Clock clock;

  EmergencySessions(
      JdbcClient ops,
      TransactionOperations transaction,
      SessionRows rows,
      SessionHandles handles,
      Profiles profiles,
      Acts acts,
      Ids ids,
      IdentitySettings settings,
      Clock clock) {
    this.ops = ops;
    this.transaction = transaction;
    this.rows = rows;
    this.handles = handles;
    this.profiles = profiles;
    this.acts = acts;
    this.ids = ids;
    this.settings = settings;
    this.clock = clock;
  }

  /** What became of the wish for one. */
  public sealed interface Exchange {
    /**
     * The operator's session has ended, and one for the emergency has begun.
     *
     * @param handle of that one, for {@link SessionCookie#of}
     * @param record in the tenant's log
     */
    record Opened(
        SessionHandle handle, EmergencyId emergency, Instant at, Instant until, RecordId record)
        implements Exchange {}

    /** The operator reads there already. */
    record Already() implements Exchange {}

    /** The operator has not proven lately, and with more than one factor, who they are. */
    record Weak() implements Exchange {}

    /** The session ended meanwhile, or another request gave it another handle. */
    record Ended() implements Exchange {}
  }

  /** What the session is exchanged for. */
  private record Wanted(
      EmergencyId emergency, SessionId session, SessionHandle handle, Instant at, Instant until) {}

  /** Exchanges the session that the request was made in. */
  public Exchange open(
      Call call,
      Caller.Operator by,
      PresentedSession presented,
      TenantId tenant,
      StatedReason reason) {
    // As finely as PostgreSQL keeps it.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Wanted wanted =
        new Wanted(
            new EmergencyId(ids.next()),
            new SessionId(ids.next()),
            handles.make(),
            now,
            now.plus(settings.emergencyLifetime()));
    byte[] profile = profiles.seal(wanted.session(), profile(by));
    return Scopes.call(
        SCOPE,
        () ->
            Objects.requireNonNull(
                transaction.execute(
                    status ->
                        switch (opened(call, by, presented, tenant, reason, wanted, profile)) {
                          case "opened" ->
                              new Exchange.Opened(
                                  wanted.handle(),
                                  wanted.emergency(),
                                  wanted.at(),
                                  wanted.until(),
                                  acts.emergencyOpened(
                                      call,
                                      by.id(),
                                      tenant,
                                      wanted.emergency(),
                                      reason,
                                      wanted.until()));
                          case "open" -> new Exchange.Already();
                          case "weak" -> new Exchange.Weak();
                          case "ended" -> new Exchange.Ended();
                          default ->
                              throw new IllegalStateException(
                                  "identity.open_emergency gave an unknown answer");
                        })));
  }

  private Profile profile(Caller.Operator by) {
    byte[] sealed =
        Scopes.call(
            new Scope.OfPerson(by.id()), () -> rows.profile(by.id(), by.session()).orElse(null));
    return profiles.open(by.session(), sealed);
  }

  private String opened(
      Call call,
      Caller.Operator by,
      PresentedSession presented,
      TenantId tenant,
      StatedReason reason,
      Wanted wanted,
      byte[] profile) {
    return ops.sql(
            """
            select identity.open_emergency(:tenant, :emergency, :reason, :person, :session, :old, :since, :next, :new,
                                           :profile, :address::inet, :now, :until)
            """)
        .param("tenant", tenant.value())
        .param("emergency", wanted.emergency().value())
        .param("reason", reason.text())
        .param("person", by.id().value())
        .param("session", by.session().value())
        .param("old", presented.hash().bytes())
        .param("since", wanted.at().minus(PROVEN).atOffset(ZoneOffset.UTC))
        .param("next", wanted.session().value())
        .param("new", wanted.handle().hash().bytes())
        .param("profile", profile)
        .param("address", call.address().getHostAddress())
        .param("now", wanted.at().atOffset(ZoneOffset.UTC))
        .param("until", wanted.until().atOffset(ZoneOffset.UTC))
        .query(String.class)
        .single();
  }

  /** An emergency, and where. */
  private record Ending(TenantId tenant, EmergencyId emergency) {}

  /**
   * Ends a session of the operator's and its emergency.
   *
   * @return the platform's record of it, or empty when the emergency was over
   */
  Optional<RecordId> end(Call call, PersonId operator, SessionId session) {
    return Scopes.call(
        SCOPE,
        () ->
            Objects.requireNonNull(
                transaction.execute(
                    status ->
                        ended(operator, session)
                            .map(
                                one ->
                                    acts.emergencyLeft(
                                        call, operator, one.tenant(), one.emergency())))));
  }

  private Optional<Ending> ended(PersonId operator, SessionId session) {
    return ops.sql(
            """
            select tenant_id, emergency_id from identity.end_emergency(:person, :session, :now)
            """)
        .param("person", operator.value())
        .param("session", session.value())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query(
            (row, n) ->
                new Ending(
                    new TenantId(row.getObject("tenant_id", UUID.class)),
                    new EmergencyId(row.getObject("emergency_id", UUID.class))))
        .optional();
  }
}
