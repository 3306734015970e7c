package dev.cofferdam.server.authz;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.authz.Matter.Reach;
import dev.cofferdam.server.authz.Matter.State;
import dev.cofferdam.server.tenancy.PlacedSql;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The projects of the bound tenant, each with the facts of who asks. */
final class ProjectRows {
  private static final PlacedSql PLACED = new PlacedSql("authz");

  /**
   * The project and what its holder of relations is to it, in one statement over two policy tables.
   * In a file of its own, so that the benchmark measures this one. Goes on with {@code and …}.
   */
  static final String WITH_FACTS =
      AuthzConfiguration.resource(ProjectRows.class, "project_with_facts.sql");

  private static final String ONE = WITH_FACTS + " and p.project_id = :project";
  private static final String ONE_LOCKED = ONE + " for update of p";
  private static final String PAGE =
      WITH_FACTS + " and p.project_id > :after order by p.project_id limit :most";
  private static final String PAGE_OF_RELATED =
      WITH_FACTS
          + """
           and p.project_id > :after
           and p.project_id in (
               select g.object_id from {schema}.granted g
                where g.tenant_id = :tenant and g.subject_kind = :holder_kind and g.subject_id = :holder
               union all
               select g.object_id
                 from {schema}.group_member m
                 join {schema}.granted g on g.tenant_id = m.tenant_id
                      and g.subject_kind = 'group' and g.subject_id = m.group_id
                where m.tenant_id = :tenant and m.subject_kind = :holder_kind and m.subject_id = :holder)
           order by p.project_id limit :most
          """;

  private final JdbcClient app;

  ProjectRows(JdbcClient app) {
    this.app = app;
  }

  /**
   * A project and the facts about it.
   *
   * @param owner as its row says
   */
  record Row(
      TenantId owner,
      ProjectId id,
      String name,
      State state,
      Reach reach,
      long version,
      Instant createdAt,
      Instant changedAt) {
    ProjectView view() {
      return new ProjectView(
          id.value(), name, state.label(), reach.relation().label(), createdAt, changedAt);
    }
  }

  Optional<Row> find(ProjectId id, Holder holder) {
    return sql(ONE, holder)
        .param("project", id.value())
        .query((row, number) -> row(row))
        .optional();
  }

  /** The project, kept from others until the transaction ends: so are the facts about it. */
  Optional<Row> findLocked(ProjectId id, Holder holder) {
    return sql(ONE_LOCKED, holder)
        .param("project", id.value())
        .query((row, number) -> row(row))
        .optional();
  }

  /** All projects, for somebody whose role shows them. */
  List<Row> page(Holder holder, UUID after, int most) {
    return sql(PAGE, holder)
        .param("after", after)
        .param("most", most)
        .query((row, number) -> row(row))
        .list();
  }

  /** The projects to which the holder has a relation. */
  List<Row> pageOfRelated(Holder holder, UUID after, int most) {
    return sql(PAGE_OF_RELATED, holder)
        .param("after", after)
        .param("most", most)
        .query((row, number) -> row(row))
        .list();
  }

  /** Inserts, unless another project has the name. */
  boolean insert(ProjectId id, GivenName name, Instant now) {
    return app.sql(
                PLACED.of(
                    """
                    insert into {schema}.project (tenant_id, project_id, name, state, created_at, changed_at)
                    values (:tenant, :project, :name, 'active', :now, :now)
                    on conflict (tenant_id, lower(name)) do nothing
                    """))
            .param("tenant", Tenants.current().value())
            .param("project", id.value())
            .param("name", name.text())
            .param("now", now.atOffset(UTC))
            .update()
        == 1;
  }

  /**
   * @throws org.springframework.dao.DuplicateKeyException when another project has the name
   */
  void change(ProjectId id, String name, State state, Instant now) {
    app.sql(
            PLACED.of(
                """
                update {schema}.project
                   set name = :name, state = :state, version = version + 1, changed_at = :now
                 where tenant_id = :tenant and project_id = :project
                """))
        .param("tenant", Tenants.current().value())
        .param("project", id.value())
        .param("name", name)
        .param("state", state.label())
        .param("now", now.atOffset(UTC))
        .update();
  }

  private StatementSpec sql(String text, Holder holder) {
    return app.sql(PLACED.of(text))
        .param("tenant", Tenants.current().value())
        .param("holder_kind", holder.kind())
        .param("holder", holder.id());
  }

  private static Row row(ResultSet row) throws SQLException {
    int direct = row.getInt("direct");
    int throughGroup = row.getInt("through_group");
    return new Row(
        new TenantId(row.getObject("tenant_id", UUID.class)),
        new ProjectId(row.getObject("project_id", UUID.class)),
        row.getString("name"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        new Reach(Relation.values()[Math.max(direct, throughGroup)], throughGroup > direct),
        row.getLong("version"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("changed_at", OffsetDateTime.class).toInstant());
  }
}
