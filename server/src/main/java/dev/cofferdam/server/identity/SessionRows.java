package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sessions of the person that is bound. */
final class SessionRows {
  private final JdbcClient app;

  SessionRows(JdbcClient app) {
    this.app = app;
  }

  List<SessionView> alive(PersonId person, Instant now, Instant idleSince) {
    return app.sql(
            """
            select session_id, coalesce(tenant_id, emergency_tenant) as tenant_id, operator,
                   coalesce(step_up_acr, acr) as acr, coalesce(step_up_time, auth_time) as auth_time,
                   host(address) as address, agent, created_at, seen_at, expires_at
              from identity.session
             where person_id = :person and expires_at > :now and seen_at > :idle
             order by seen_at desc, session_id
            """)
        .param("person", person.value())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("idle", idleSince.atOffset(ZoneOffset.UTC))
        .query((row, n) -> view(row))
        .list();
  }

  Optional<byte[]> profile(PersonId person, SessionId session) {
    return origin(person, session).map(Origin::profile);
  }

  /**
   * How a session was begun.
   *
   * @param provider the tenant's own at which it was; null when at the platform's
   * @param profile as that told it, sealed
   */
  record Origin(@Nullable ProviderRef provider, byte @Nullable [] profile) {}

  Optional<Origin> origin(PersonId person, SessionId session) {
    return app.sql(
            """
            select profile_sealed, provider_tenant, provider_id from identity.session
             where person_id = :person and session_id = :session
            """)
        .param("person", person.value())
        .param("session", session.value())
        .query((row, n) -> new Origin(provider(row), row.getBytes("profile_sealed")))
        .optional();
  }

  private static @Nullable ProviderRef provider(ResultSet row) throws SQLException {
    @Nullable UUID provider = row.getObject("provider_id", UUID.class);
    return provider == null
        ? null
        : new ProviderRef(
            new TenantId(row.getObject("provider_tenant", UUID.class)), new ProviderId(provider));
  }

  /** The sessions of the person that are for an emergency. */
  List<SessionId> forEmergencies(PersonId person) {
    return app.sql(
            """
            select session_id from identity.session where person_id = :person and emergency_id is not null
            """)
        .param("person", person.value())
        .query((row, n) -> id(row))
        .list();
  }

  List<SessionId> end(PersonId person, SessionId session) {
    return app.sql(
            """
            delete from identity.session where person_id = :person and session_id = :session returning session_id
            """)
        .param("person", person.value())
        .param("session", session.value())
        .query((row, n) -> id(row))
        .list();
  }

  List<SessionId> endAll(PersonId person) {
    return app.sql("delete from identity.session where person_id = :person returning session_id")
        .param("person", person.value())
        .query((row, n) -> id(row))
        .list();
  }

  private static SessionId id(ResultSet row) throws SQLException {
    return new SessionId(row.getObject("session_id", UUID.class));
  }

  private static SessionView view(ResultSet row) throws SQLException {
    return new SessionView(
        id(row),
        Optional.ofNullable(row.getObject("tenant_id", UUID.class)).map(TenantId::new),
        new SignIn(Stored.of(AcrClass.class, row.getString("acr")), instant(row, "auth_time")),
        row.getBoolean("operator"),
        InetAddress.ofLiteral(row.getString("address")),
        row.getString("agent"),
        instant(row, "created_at"),
        instant(row, "seen_at"),
        instant(row, "expires_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
