package dev.cofferdam.server.keyring;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.tenancy.PlacedSql;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of rings, in the table of the ring's kind and in the place that the scope says. */
final class KeyRows {
  private static final String COLUMNS =
      "key_id, version, state, key_wrapped, key_public, created_at, state_since";

  private static final PlacedSql PLACED = new PlacedSql("keyring");

  private final JdbcClient jdbc;

  KeyRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A row.
   *
   * @param wrapped absent once the key is destroyed
   */
  record Row(KeyInfo info, byte @Nullable [] wrapped, byte @Nullable [] published) {}

  Optional<Row> active(Ring ring) {
    return one(ring, "state = 'active'", new Filter(null, null));
  }

  /** The active row, kept from others until the transaction ends. */
  Optional<Row> activeLocked(Ring ring) {
    return one(ring, "state = 'active' for update", new Filter(null, null));
  }

  /** The row of the key that is announced, if one is. */
  Optional<Row> announced(Ring ring) {
    return one(ring, "state = 'announced'", new Filter(null, null));
  }

  Optional<Row> byId(Ring ring, KeyId id) {
    return one(ring, "key_id = :id", new Filter(id, null));
  }

  Optional<Row> byVersionLocked(Ring ring, int version) {
    return one(ring, "version = :version for update", new Filter(null, version));
  }

  /** All keys of the ring, the newest first. */
  List<KeyInfo> all(Ring ring) {
    Place place = Place.of(ring);
    return bound(place, "select %s from %s where %s order by version desc", COLUMNS)
        .query((row, number) -> row(ring, row).info())
        .list();
  }

  /** The rings of the bound tenant, of its persons and of its nodes, that have a key left. */
  List<Ring> ringsOf(TenantId tenant) {
    return jdbc.sql(
            PLACED.of(
                """
                select distinct purpose, holder_id from {schema}.tenant_key
                 where tenant_id = :tenant and state <> 'destroyed'
                """))
        .param("tenant", tenant.value())
        .query(
            (row, number) ->
                ring(
                    tenant,
                    KeyPurpose.of(row.getString("purpose")),
                    row.getObject("holder_id", UUID.class)))
        .list();
  }

  /** Rings of the bound tenant whose active key was that before a moment already. */
  Map<Ring, Integer> unturned(TenantId tenant, KeyPurpose purpose, Instant before, int most) {
    Map<Ring, Integer> found = new LinkedHashMap<>();
    jdbc.sql(
            PLACED.of(
                """
                select holder_id, version from {schema}.tenant_key
                 where tenant_id = :tenant and purpose = :purpose and state = 'active' and state_since < :before
                 order by holder_id limit :most
                """))
        .param("tenant", tenant.value())
        .param("purpose", purpose.label())
        .param("before", before.atOffset(UTC))
        .param("most", most)
        .query(
            row -> {
              found.put(
                  ring(tenant, purpose, row.getObject("holder_id", UUID.class)),
                  row.getInt("version"));
            });
    return found;
  }

  /** How many rings of the bound tenant have an active key. */
  long inUse(TenantId tenant, KeyPurpose purpose) {
    return jdbc.sql(
            PLACED.of(
                """
                select count(*) from {schema}.tenant_key
                 where tenant_id = :tenant and purpose = :purpose and state = 'active'
                """))
        .param("tenant", tenant.value())
        .param("purpose", purpose.label())
        .query(Long.class)
        .single();
  }

  static Ring ring(TenantId tenant, KeyPurpose purpose, UUID holder) {
    return purpose.holder() == KeyPurpose.Holder.TENANT
        ? new Ring.OfTenant(tenant, purpose)
        : new Ring.OfSubject(tenant, holder, purpose);
  }

  /** Inserts, unless the version is there already. */
  boolean insert(Ring ring, Row row, String rootKeyId) {
    Place place = Place.of(ring);
    KeyInfo info = row.info();
    return bind(
                place,
                jdbc.sql(
                    """
                    insert into %s (%s purpose, version, key_id, state, root_key_id, key_wrapped, key_public,
                                    created_at, state_since)
                    values (%s :purpose, :version, :id, :state, :root, :wrapped, :public, :created, :since)
                    on conflict do nothing
                    """
                        .formatted(place.table(), place.columns(), place.values())))
            .param("version", info.version())
            .param("id", info.id().value())
            .param("state", info.state().stored())
            .param("root", rootKeyId)
            .param("wrapped", row.wrapped())
            .param("public", row.published())
            .param("created", info.createdAt().atOffset(UTC))
            .param("since", info.since().atOffset(UTC))
            .update()
        == 1;
  }

  /** Moves one key on. Its bytes leave the row with {@code DESTROYED}. */
  void move(Ring ring, int version, KeyState state, Instant now) {
    String bytes = state == KeyState.DESTROYED ? ", key_wrapped = null" : "";
    Place place = Place.of(ring);
    int moved =
        bind(
                place,
                jdbc.sql(
                    "update %s set state = :state, state_since = :now%s where %s and version = :version"
                        .formatted(place.table(), bytes, place.where())))
            .param("state", state.stored())
            .param("now", now.atOffset(UTC))
            .param("version", version)
            .update();
    if (moved != 1) {
      throw new IllegalStateException(
          "version "
              + version
              + " of `"
              + ring.purpose().label()
              + "` is gone while it was locked");
    }
  }

  private Optional<Row> one(Ring ring, String condition, Filter filter) {
    Place place = Place.of(ring);
    JdbcClient.StatementSpec statement =
        bound(place, "select %s from %s where %s and " + condition, COLUMNS);
    if (filter.id() != null) {
      statement.param("id", filter.id().value());
    }
    if (filter.version() != null) {
      statement.param("version", filter.version());
    }
    return statement.query((row, number) -> row(ring, row)).optional();
  }

  private JdbcClient.StatementSpec bound(Place place, String sql, String columns) {
    return bind(place, jdbc.sql(sql.formatted(columns, place.table(), place.where())));
  }

  private static JdbcClient.StatementSpec bind(Place place, JdbcClient.StatementSpec statement) {
    statement.param("purpose", place.purpose().label());
    if (place.tenant() != null) {
      statement.param("tenant", place.tenant()).param("holder", place.holder());
    }
    return statement;
  }

  private static Row row(Ring ring, ResultSet row) throws SQLException {
    KeyInfo info =
        new KeyInfo(
            new KeyId(row.getObject("key_id", UUID.class)),
            ring.purpose(),
            row.getInt("version"),
            KeyState.ofStored(row.getString("state")),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            row.getObject("state_since", OffsetDateTime.class).toInstant());
    return new Row(info, row.getBytes("key_wrapped"), row.getBytes("key_public"));
  }

  private record Filter(@Nullable KeyId id, @Nullable Integer version) {}

  /** Where the rows of a ring are, and by what they are found. */
  private record Place(
      String table, KeyPurpose purpose, @Nullable UUID tenant, @Nullable UUID holder) {

    /**
     * INVARIANT: the ring is the bound scope's own. The database would refuse another one too; this
     * says so before it is asked.
     */
    static Place of(Ring ring) {
      Scope scope = Scopes.current();
      return switch (ring) {
        case Ring.OfPlatform platform when scope instanceof Scope.OfPlatform ->
            new Place("keyring.platform_key", platform.purpose(), null, null);
        case Ring.OfTenant tenant
            when scope instanceof Scope.OfTenant bound && bound.tenant().equals(tenant.tenant()) ->
            placed(bound, ring, tenant.tenant().value());
        case Ring.OfSubject subject
            when scope instanceof Scope.OfTenant bound && bound.tenant().equals(subject.tenant()) ->
            placed(bound, ring, subject.subject());
        case Ring.OfPlatform _, Ring.OfTenant _, Ring.OfSubject _ ->
            throw new IllegalStateException(
                "a ring of `"
                    + ring.purpose().label()
                    + "` is not in scope `"
                    + scope.carried()
                    + "`");
      };
    }

    private static Place placed(Scope.OfTenant bound, Ring ring, UUID holder) {
      return new Place(
          PLACED.of("{schema}.tenant_key"), ring.purpose(), bound.tenant().value(), holder);
    }

    String where() {
      return tenant == null
          ? "purpose = :purpose"
          : "tenant_id = :tenant and purpose = :purpose and holder_id = :holder";
    }

    String columns() {
      return tenant == null ? "" : "tenant_id, holder_id,";
    }

    String values() {
      return tenant == null ? "" : ":tenant, :holder,";
    }
  }
}
