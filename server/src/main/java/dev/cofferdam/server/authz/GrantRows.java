package dev.cofferdam.server.authz;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.tenancy.PlacedSql;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The grants of the bound tenant. */
final class GrantRows {
  private static final PlacedSql PLACED = new PlacedSql("authz");

  private final JdbcClient app;

  GrantRows(JdbcClient app) {
    this.app = app;
  }

  /** By kind and id of the subject, after that of the position. */
  List<GrantView> page(UUID object, String afterKind, UUID afterId, int most) {
    return sql("""
            select subject_kind, subject_id, relation, granted_at from {schema}.granted
             where tenant_id = :tenant and object_id = :object
               and (subject_kind, subject_id) > (:kind, :subject)
             order by subject_kind, subject_id limit :most
            """)
        .param("object", object)
        .param("kind", afterKind)
        .param("subject", afterId)
        .param("most", most)
        .query((row, number) -> view(row))
        .list();
  }

  Optional<GrantView> find(UUID object, Grantee grantee) {
    return sql("""
            select subject_kind, subject_id, relation, granted_at from {schema}.granted
             where tenant_id = :tenant and object_id = :object
               and subject_kind = :kind and subject_id = :subject
            """)
        .param("object", object)
        .param("kind", grantee.kind())
        .param("subject", grantee.id())
        .query((row, number) -> view(row))
        .optional();
  }

  GrantView put(UUID object, Grantee grantee, Relation relation, Instant now) {
    return sql("""
            insert into {schema}.granted (tenant_id, object_id, subject_kind, subject_id, relation, granted_at)
            values (:tenant, :object, :kind, :subject, :relation, :now)
            on conflict (tenant_id, object_id, subject_kind, subject_id)
            do update set relation = excluded.relation, granted_at = excluded.granted_at
            returning subject_kind, subject_id, relation, granted_at
            """)
        .param("object", object)
        .param("kind", grantee.kind())
        .param("subject", grantee.id())
        .param("relation", relation.ordinal())
        .param("now", now.atOffset(UTC))
        .query((row, number) -> view(row))
        .single();
  }

  void remove(UUID object, Grantee grantee) {
    sql("""
            delete from {schema}.granted
             where tenant_id = :tenant and object_id = :object
               and subject_kind = :kind and subject_id = :subject
            """)
        .param("object", object)
        .param("kind", grantee.kind())
        .param("subject", grantee.id())
        .update();
  }

  /** Removes all that was granted on a thing. Returns how much that was. */
  int removeAllOn(UUID object) {
    return sql("delete from {schema}.granted where tenant_id = :tenant and object_id = :object")
        .param("object", object)
        .update();
  }

  /** Removes all that somebody was granted and is a member of. Returns how much that was. */
  int removeAllOf(Holder holder) {
    int grants =
        sql("""
                delete from {schema}.granted
                 where tenant_id = :tenant and subject_kind = :kind and subject_id = :subject
                """)
            .param("kind", holder.kind())
            .param("subject", holder.id())
            .update();
    return grants
        + sql("""
                delete from {schema}.group_member
                 where tenant_id = :tenant and subject_kind = :kind and subject_id = :subject
                """)
            .param("kind", holder.kind())
            .param("subject", holder.id())
            .update();
  }

  private StatementSpec sql(String text) {
    return app.sql(PLACED.of(text)).param("tenant", Tenants.current().value());
  }

  private static GrantView view(ResultSet row) throws SQLException {
    return new GrantView(
        row.getString("subject_kind"),
        row.getObject("subject_id", UUID.class),
        Relation.values()[row.getInt("relation")].label(),
        row.getObject("granted_at", OffsetDateTime.class).toInstant());
  }
}
