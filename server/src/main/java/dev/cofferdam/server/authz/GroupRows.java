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

/** The groups of the bound tenant, and who is in them. */
final class GroupRows {
  private static final PlacedSql PLACED = new PlacedSql("authz");

  private final JdbcClient app;

  GroupRows(JdbcClient app) {
    this.app = app;
  }

  record Row(GroupView view, long version) {}

  /** Who is in a group, of one kind. */
  record Member(UUID id, Instant addedAt) {
    GroupMemberView asPerson() {
      return new GroupMemberView(id, addedAt);
    }

    GroupNodeView asNode() {
      return new GroupNodeView(id, addedAt);
    }
  }

  List<Row> page(UUID after, int most) {
    return sql("""
            select group_id, name, version, created_at, changed_at from {schema}.member_group
             where tenant_id = :tenant and group_id > :after order by group_id limit :most
            """)
        .param("after", after)
        .param("most", most)
        .query((row, number) -> row(row))
        .list();
  }

  Optional<Row> find(GroupId id) {
    return sql("""
            select group_id, name, version, created_at, changed_at from {schema}.member_group
             where tenant_id = :tenant and group_id = :group
            """)
        .param("group", id.value())
        .query((row, number) -> row(row))
        .optional();
  }

  /** The group, kept from others until the transaction ends. */
  Optional<Row> findLocked(GroupId id) {
    return sql("""
            select group_id, name, version, created_at, changed_at from {schema}.member_group
             where tenant_id = :tenant and group_id = :group for update
            """)
        .param("group", id.value())
        .query((row, number) -> row(row))
        .optional();
  }

  /** Inserts, unless another group has the name. */
  boolean insert(GroupId id, GivenName name, Instant now) {
    return sql("""
                insert into {schema}.member_group (tenant_id, group_id, name, created_at, changed_at)
                values (:tenant, :group, :name, :now, :now)
                on conflict (tenant_id, lower(name)) do nothing
                """)
            .param("group", id.value())
            .param("name", name.text())
            .param("now", now.atOffset(UTC))
            .update()
        == 1;
  }

  /**
   * @throws org.springframework.dao.DuplicateKeyException when another group has the name
   */
  Row rename(GroupId id, GivenName name, Instant now) {
    return sql("""
            update {schema}.member_group set name = :name, version = version + 1, changed_at = :now
             where tenant_id = :tenant and group_id = :group
            returning group_id, name, version, created_at, changed_at
            """)
        .param("group", id.value())
        .param("name", name.text())
        .param("now", now.atOffset(UTC))
        .query((row, number) -> row(row))
        .single();
  }

  /** Removes the group with its members and all that it was granted. Returns how much that was. */
  int remove(GroupId id) {
    int grants =
        sql("""
                delete from {schema}.granted
                 where tenant_id = :tenant and subject_kind = 'group' and subject_id = :group
                """)
            .param("group", id.value())
            .update();
    sql("delete from {schema}.member_group where tenant_id = :tenant and group_id = :group")
        .param("group", id.value())
        .update();
    return grants;
  }

  /** Who of a kind is in the group, by id. */
  List<Member> members(GroupId id, String kind, UUID after, int most) {
    return sql("""
            select subject_id, added_at from {schema}.group_member
             where tenant_id = :tenant and group_id = :group and subject_kind = :kind and subject_id > :after
             order by subject_id limit :most
            """)
        .param("group", id.value())
        .param("kind", kind)
        .param("after", after)
        .param("most", most)
        .query((row, number) -> member(row))
        .list();
  }

  Member add(GroupId id, Holder holder, Instant now) {
    sql("""
            insert into {schema}.group_member (tenant_id, subject_kind, subject_id, group_id, added_at)
            values (:tenant, :kind, :subject, :group, :now) on conflict do nothing
            """)
        .param("group", id.value())
        .param("kind", holder.kind())
        .param("subject", holder.id())
        .param("now", now.atOffset(UTC))
        .update();
    return sql("""
            select subject_id, added_at from {schema}.group_member
             where tenant_id = :tenant and subject_kind = :kind and subject_id = :subject and group_id = :group
            """)
        .param("group", id.value())
        .param("kind", holder.kind())
        .param("subject", holder.id())
        .query((row, number) -> member(row))
        .single();
  }

  Optional<Member> drop(GroupId id, Holder holder) {
    return sql("""
            delete from {schema}.group_member
             where tenant_id = :tenant and subject_kind = :kind and subject_id = :subject and group_id = :group
            returning subject_id, added_at
            """)
        .param("group", id.value())
        .param("kind", holder.kind())
        .param("subject", holder.id())
        .query((row, number) -> member(row))
        .optional();
  }

  private StatementSpec sql(String text) {
    return app.sql(PLACED.of(text)).param("tenant", Tenants.current().value());
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        new GroupView(
            row.getObject("group_id", UUID.class),
            row.getString("name"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            row.getObject("changed_at", OffsetDateTime.class).toInstant()),
        row.getLong("version"));
  }

  private static Member member(ResultSet row) throws SQLException {
    return new Member(
        row.getObject("subject_id", UUID.class),
        row.getObject("added_at", OffsetDateTime.class).toInstant());
  }
}
