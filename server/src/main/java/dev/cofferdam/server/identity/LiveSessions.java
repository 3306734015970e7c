package dev.cofferdam.server.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The session of a handle. Remembers what it read for as long as {@link Revocations} says that it
 * holds, and asks the database otherwise. Safe for use by many threads.
 */
final class LiveSessions {
  private static final long REMEMBERED = 50_000;

  /** In any case: what is written past the triggers is seen after this time. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** How exactly the time of the last request is kept: a write in each request would be dear. */
  static final Duration SEEN_STEP = Duration.ofSeconds(30);

  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("authenticate"));

  private final JdbcClient app;
  private final JdbcClient ops;
  private final Revocations revocations;
  private final Duration idle;
  private final Clock clock;
  private final Cache<SessionHandle.Hash, LiveSession> known =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterWrite(LONGEST)
          .executor(Runnable::run)
          .build();

  LiveSessions(
      JdbcClient app, JdbcClient ops, Revocations revocations, Duration idle, Clock clock) {
    this.app = app;
    this.ops = ops;
    this.revocations = revocations;
    this.idle = idle;
    this.clock = clock;
  }

  /**
   * The session, if there is one that has not ended.
   *
   * @throws org.springframework.dao.DataAccessException when it cannot be known
   */
  Optional<LiveSession> find(SessionHandle.Hash hash) {
    LiveSession remembered = known.getIfPresent(hash);
    if (remembered == null
        || !revocations.holds(remembered.person().value(), remembered.number())) {
      remembered = read(hash);
      if (remembered == null) {
        known.invalidate(hash);
        return Optional.empty();
      }
      known.put(hash, remembered);
    }
    Instant now = clock.instant();
    if (!remembered.isAlive(now, idle)) {
      return Optional.empty();
    }
    return Optional.of(
        now.isBefore(remembered.seenAt().plus(SEEN_STEP))
            ? remembered
            : touched(hash, remembered, now));
  }

  private @Nullable LiveSession read(SessionHandle.Hash hash) {
    // Before the reading: what is revoked meanwhile counts as newer than what is read.
    long number = revocations.number();
    return Scopes.call(
            SCOPE,
            () ->
                ops.sql(
                        """
                        select person_id, session_id, tenant_id, role, acr, auth_time, operator, seen_at, expires_at,
                               least_acr, emergency_tenant, emergency_until
                          from identity.find_session(:hash)
                        """)
                    .param("hash", hash.bytes())
                    .query((row, n) -> session(row, number))
                    .optional())
        .orElse(null);
  }

  private static LiveSession session(ResultSet row, long number) throws SQLException {
    Optional<TenantId> workspace =
        Optional.ofNullable(row.getObject("tenant_id", UUID.class)).map(TenantId::new);
    Optional<Role> role =
        Optional.ofNullable(row.getString("role")).map(stored -> Stored.of(Role.class, stored));
    AcrClass acr = Stored.of(AcrClass.class, row.getString("acr"));
    @Nullable String least = row.getString("least_acr");
    // Who has signed in less strongly than their workspace asks works in none.
    boolean strong = least == null || isEnough(acr, Stored.of(AcrClass.class, least));
    return new LiveSession(
        new PersonId(row.getObject("person_id", UUID.class)),
        new SessionId(row.getObject("session_id", UUID.class)),
        workspace,
        workspace
            .filter(tenant -> strong)
            .flatMap(tenant -> role.map(is -> new Workspace(tenant, is))),
        new SignIn(acr, row.getObject("auth_time", OffsetDateTime.class).toInstant()),
        row.getBoolean("operator"),
        emergency(row),
        row.getObject("seen_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        number);
  }

  private static boolean isEnough(AcrClass shown, AcrClass least) {
    return shown.compareTo(least) >= 0;
  }

  private static Optional<LiveSession.Emergency> emergency(ResultSet row) throws SQLException {
    @Nullable UUID tenant = row.getObject("emergency_tenant", UUID.class);
    return tenant == null
        ? Optional.empty()
        : Optional.of(
            new LiveSession.Emergency(
                new TenantId(tenant),
                row.getObject("emergency_until", OffsetDateTime.class).toInstant()));
  }

  private LiveSession touched(SessionHandle.Hash hash, LiveSession session, Instant now) {
    Scopes.run(
        new Scope.OfPerson(session.person()),
        () ->
            app.sql(
                    """
                    update identity.session set seen_at = greatest(seen_at, :now)
                     where person_id = :person and session_id = :session
                    """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("person", session.person().value())
                .param("session", session.id().value())
                .update());
    LiveSession seen = session.seen(now);
    known.asMap().replace(hash, session, seen);
    return seen;
  }
}
