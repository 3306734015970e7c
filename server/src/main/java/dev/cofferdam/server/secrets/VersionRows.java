package dev.cofferdam.server.secrets;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.keyring.KeyId;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.PlacedSql;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The versions of the bound tenant's secrets, and what was sealed of them for nodes. */
final class VersionRows {
  private static final PlacedSql PLACED = new PlacedSql("secrets");

  private final JdbcClient app;

  VersionRows(JdbcClient app) {
    this.app = app;
  }

  /** The newest first, below that of the position. */
  List<VersionView> page(SecretId secret, long below, int most) {
    return sql("""
            select version, made_at, made_by, value_sealed is not null as readable
              from {schema}.secret_version
             where tenant_id = :tenant and secret_id = :secret and version < :below
             order by version desc limit :most
            """)
        .param("secret", secret.value())
        .param("below", below)
        .param("most", most)
        .query(
            (row, number) ->
                new VersionView(
                    row.getLong("version"),
                    row.getObject("made_at", OffsetDateTime.class).toInstant(),
                    row.getObject("made_by", UUID.class),
                    row.getBoolean("readable")))
        .list();
  }

  void insert(SecretId secret, long version, SealedValue value, PersonId by, Instant now) {
    sql("""
            insert into {schema}.secret_version
              (tenant_id, secret_id, version, data_key_id, value_sealed, made_at, made_by)
            values (:tenant, :secret, :version, :key, :value, :now, :by)
            """)
        .param("secret", secret.value())
        .param("version", version)
        .param("key", value.key().value())
        .param("value", value.sealed())
        .param("now", now.atOffset(UTC))
        .param("by", by.value())
        .update();
  }

  /** Lets go of what a new version makes old: answers to all others, and versions up to one. */
  void outdate(SecretId secret, long current, long gone) {
    sql("""
            delete from {schema}.sealed_answer
             where tenant_id = :tenant and secret_id = :secret and version < :current
            """)
        .param("secret", secret.value())
        .param("current", current)
        .update();
    sql("""
            delete from {schema}.secret_version
             where tenant_id = :tenant and secret_id = :secret and version <= :gone
            """)
        .param("secret", secret.value())
        .param("gone", gone)
        .update();
  }

  /**
   * Empties what lies under a key that is destroyed, and removes what was sealed of it. In this
   * order: an answer is made under a shared lock on its version.
   */
  void erase(KeyId key) {
    sql("""
            update {schema}.secret_version set value_sealed = null
             where tenant_id = :tenant and data_key_id = :key
            """)
        .param("key", key.value())
        .update();
    sql("""
            delete from {schema}.sealed_answer a
             using {schema}.secret_version v
             where a.tenant_id = :tenant and v.tenant_id = :tenant and v.data_key_id = :key
               and a.secret_id = v.secret_id and a.version = v.version
            """)
        .param("key", key.value())
        .update();
  }

  /** How many versions can still be opened. */
  long readable() {
    return sql("""
            select count(*) from {schema}.secret_version
             where tenant_id = :tenant and value_sealed is not null
            """)
        .query(Long.class)
        .single();
  }

  /** How many values lie under a key. */
  long under(KeyId key) {
    return sql("""
            select count(*) from {schema}.secret_version
             where tenant_id = :tenant and data_key_id = :key and value_sealed is not null
            """)
        .param("key", key.value())
        .query(Long.class)
        .single();
  }

  /**
   * Secrets of which a version lies under a key, by their ids.
   *
   * @param after the last one of the page before
   */
  List<UUID> secretsUnder(KeyId key, UUID after, int most) {
    return sql("""
            select distinct secret_id from {schema}.secret_version
             where tenant_id = :tenant and data_key_id = :key and value_sealed is not null and secret_id > :after
             order by secret_id limit :most
            """)
        .param("key", key.value())
        .param("after", after)
        .param("most", most)
        .query(UUID.class)
        .list();
  }

  /** Which versions of a secret lie under a key. */
  List<Long> versionsUnder(KeyId key, UUID secret) {
    return sql("""
            select version from {schema}.secret_version
             where tenant_id = :tenant and secret_id = :secret and data_key_id = :key and value_sealed is not null
            """)
        .param("key", key.value())
        .param("secret", secret)
        .query(Long.class)
        .list();
  }

  /** A value as it lies; none where it was emptied or is gone. */
  Optional<Lying> lying(UUID secret, long version) {
    return sql("""
            select s.project_id, v.data_key_id, v.value_sealed
              from {schema}.secret_version v
              join {schema}.secret s on s.tenant_id = v.tenant_id and s.secret_id = v.secret_id
             where v.tenant_id = :tenant and v.secret_id = :secret and v.version = :version
               and v.value_sealed is not null
            """)
        .param("secret", secret)
        .param("version", version)
        .query(Lying.class)
        .optional();
  }

  record Lying(UUID projectId, UUID dataKeyId, byte[] valueSealed) {}

  /** Puts the same value, sealed anew, in the place of one under that key; how many there were. */
  int replace(UUID secret, long version, KeyId from, SealedValue anew) {
    return sql("""
            update {schema}.secret_version set data_key_id = :key, value_sealed = :value
             where tenant_id = :tenant and secret_id = :secret and version = :version and data_key_id = :from
               and value_sealed is not null
            """)
        .param("secret", secret)
        .param("version", version)
        .param("from", from.value())
        .param("key", anew.key().value())
        .param("value", anew.sealed())
        .update();
  }

  private StatementSpec sql(String text) {
    return app.sql(PLACED.of(text)).param("tenant", Tenants.current().value());
  }
}
