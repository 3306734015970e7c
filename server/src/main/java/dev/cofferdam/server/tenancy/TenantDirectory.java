package dev.cofferdam.server.tenancy;

import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tenants of the platform as whoever runs it sees them. Works across tenants, so it binds a
 * platform purpose and runs as {@code cofferdam_ops}: no tenant's scope is entered for it. Safe for
 * use by many threads.
 */
public final class TenantDirectory {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("directory"));
  private static final UUID FIRST = new UUID(0, 0);

  private final JdbcClient ops;

  /**
   * @param ops runs as {@code cofferdam_ops}
   */
  public TenantDirectory(JdbcClient ops) {
    this.ops = ops;
  }

  /**
   * The tenants by id, which is by the time at which they were made.
   *
   * @param behind the last one of the page before
   * @param state of which they are; all when absent
   */
  public List<TenantListing> list(
      Optional<TenantId> behind, Optional<TenantState> state, int most) {
    @Nullable String only = state.map(TenantState::stored).orElse(null);
    return Scopes.call(
        SCOPE,
        () ->
            ops.sql("select * from tenancy.list_tenants(:behind, :state, :most)")
                .param("behind", behind.map(TenantId::value).orElse(FIRST))
                .param("state", only, java.sql.Types.VARCHAR)
                .param("most", most)
                .query((row, n) -> listing(row))
                .list());
  }

  /** One tenant. */
  public Optional<TenantListing> find(TenantId tenant) {
    return Scopes.call(
        SCOPE,
        () ->
            ops.sql("select * from tenancy.show_tenant(:tenant)")
                .param("tenant", tenant.value())
                .query((row, n) -> listing(row))
                .optional());
  }

  /** The tenant that has this slug, or one that could be taken for it. */
  public Optional<TenantListing> named(String slug) {
    return Scopes.call(
        SCOPE,
        () ->
            ops.sql("select * from tenancy.show_tenant(tenancy.named_tenant(:skeleton))")
                .param("skeleton", Skeleton.of(slug))
                .query((row, n) -> listing(row))
                .optional());
  }

  private static TenantListing listing(ResultSet row) throws SQLException {
    return new TenantListing(
        new TenantId(row.getObject("tenant_id", UUID.class)),
        new Slug(row.getString("slug")),
        row.getString("name"),
        TenantState.ofStored(row.getString("state")),
        WantedPlacement.valueOf(row.getString("placement").toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getString("placement_failure")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("changed_at", OffsetDateTime.class).toInstant());
  }
}
