package dev.cofferdam.server.tenancy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The profile of the tenant that the running code is bound to. Safe for use by many threads. */
public final class TenantProfiles {
  private static final String COLUMNS = "tenant_id, slug, name, state, version, created_at";

  private final JdbcClient app;
  private final Clock clock;

  /**
   * @param app runs as {@code cofferdam_app}
   */
  public TenantProfiles(JdbcClient app, Clock clock) {
    this.app = app;
    this.clock = clock;
  }

  /**
   * The profile.
   *
   * @throws UnboundScopeException when no tenant is bound
   */
  public TenantProfile current() {
    return app.sql("select " + COLUMNS + " from tenancy.tenant where tenant_id = :tenant")
        .param("tenant", Tenants.current().value())
        .query((row, n) -> profile(row))
        .single();
  }

  /**
   * Gives the tenant another name, in the caller's transaction.
   *
   * @param name a {@link TenantName}
   * @param version that was read before
   * @return the new profile, or empty when the tenant is at another version
   */
  public Optional<TenantProfile> rename(TenantName name, long version) {
    return app.sql(
            """
            update tenancy.tenant set name = :name, changed_at = :now
             where tenant_id = :tenant and version = :version
            returning %s
            """
                .formatted(COLUMNS))
        .param("name", name.text())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("tenant", Tenants.current().value())
        .param("version", version)
        .query((row, n) -> profile(row))
        .optional();
  }

  private static TenantProfile profile(ResultSet row) throws SQLException {
    return new TenantProfile(
        new TenantId(row.getObject("tenant_id", UUID.class)),
        new Slug(row.getString("slug")),
        row.getString("name"),
        TenantState.ofStored(row.getString("state")),
        row.getLong("version"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
