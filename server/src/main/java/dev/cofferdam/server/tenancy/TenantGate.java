package dev.cofferdam.server.tenancy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cofferdam.server.tenancy.TenantEntry.Denied;
import dev.cofferdam.server.tenancy.TenantEntry.Entered;
import dev.cofferdam.server.tenancy.TenantEntry.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The way into a tenant. What it says is at most a second old: it remembers answers for that long,
 * and when the database cannot be asked it throws instead of remembering longer. Safe for use by
 * many threads.
 */
public final class TenantGate {
  /** How old an answer may be. */
  public static final Duration FRESHNESS = Duration.ofSeconds(1);

  private static final long REMEMBERED = 50_000;

  private final JdbcClient app;
  private final TenantSchemas schemas;
  private final Clock clock;
  private final Cache<TenantId, Answer> answers =
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();
  // Which digest a tenant's own schema was found unedited at: looked at once, since it costs
  // milliseconds.
  private final Cache<TenantId, String> inspected =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  private record Answer(TenantEntry entry, Instant askedAt) {}

  private record Row(
      String state, String placement, @Nullable String placedAs, boolean schemaExists) {}

  /**
   * @param app runs as {@code cofferdam_app}
   */
  public TenantGate(JdbcClient app, TenantSchemas schemas, Clock clock) {
    this.app = app;
    this.schemas = schemas;
    this.clock = clock;
  }

  /**
   * Whether {@code tenant} may be entered, and in which scope.
   *
   * @throws org.springframework.dao.DataAccessException when the database cannot be asked
   */
  public TenantEntry enter(TenantId tenant) {
    Instant now = clock.instant();
    Answer known = answers.getIfPresent(tenant);
    if (known != null && isFresh(known, now)) {
      return known.entry();
    }
    // The time before the question, so that a slow answer is not taken for a fresh one.
    TenantEntry entry = ask(tenant);
    answers.put(tenant, new Answer(entry, now));
    return entry;
  }

  /**
   * The scope of a tenant in whatever state it is, for what the platform does about a tenant on its
   * own account; never for a caller. Empty when there is no such tenant, or no place yet.
   */
  public Optional<Scope.OfTenant> scopeOf(TenantId tenant) {
    return row(tenant)
        .filter(row -> row.placement().equals("shared") || row.schemaExists())
        .map(
            row ->
                new Scope.OfTenant(
                    tenant,
                    row.placement().equals("shared")
                        ? new Placement.Shared()
                        : new Placement.OwnSchema(tenant)));
  }

  private static boolean isFresh(Answer answer, Instant now) {
    // A clock that went backwards makes nothing fresh.
    return !now.isBefore(answer.askedAt()) && now.isBefore(answer.askedAt().plus(FRESHNESS));
  }

  private TenantEntry ask(TenantId tenant) {
    return row(tenant).map(row -> entry(tenant, row)).orElse(new Denied(Reason.UNKNOWN));
  }

  private Optional<Row> row(TenantId tenant) {
    // Bound to the tenant that is asked for: its row shows only to itself, and there may be none.
    Scope asking = new Scope.OfTenant(tenant, new Placement.Shared());
    return Scopes.call(
        asking,
        () ->
            app.sql(
                    """
                    select state, placement, placed_as,
                           exists (select from pg_catalog.pg_namespace where nspname = :schema) as schema_exists
                      from tenancy.tenant where tenant_id = :tenant
                    """)
                .param("schema", new Placement.OwnSchema(tenant).schemaOf(""))
                .param("tenant", tenant.value())
                .query(Row.class)
                .optional());
  }

  private TenantEntry entry(TenantId tenant, Row row) {
    return switch (TenantState.ofStored(row.state())) {
      case PROVISIONING -> new Denied(Reason.PROVISIONING);
      case SUSPENDED -> new Denied(Reason.SUSPENDED);
      case DELETING, DELETED -> new Denied(Reason.DELETED);
      case ACTIVE ->
          switch (row.placement()) {
            case "shared" -> new Entered(new Scope.OfTenant(tenant, new Placement.Shared()));
            case "schema" -> placed(tenant, row);
            default -> throw new IllegalStateException("a tenant has an unknown placement");
          };
    };
  }

  private TenantEntry placed(TenantId tenant, Row row) {
    if (row.placedAs() == null || !row.schemaExists()) {
      return new Denied(Reason.PLACEMENT_MISSING);
    }
    if (!row.placedAs().equals(schemas.expectedDigest())) {
      return new Denied(Reason.PLACEMENT_BEHIND);
    }
    if (!row.placedAs().equals(inspected.getIfPresent(tenant))) {
      if (!schemas.isUnedited(tenant)) {
        return new Denied(Reason.PLACEMENT_BEHIND);
      }
      inspected.put(tenant, row.placedAs());
    }
    return new Entered(new Scope.OfTenant(tenant, new Placement.OwnSchema(tenant)));
  }
}
