package dev.cofferdam.server.secrets;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.server.authz.ProjectId;
import dev.cofferdam.server.tenancy.PlacedSql;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The secrets of the bound tenant, without their values. */
final class SecretRows {
  private static final PlacedSql PLACED = new PlacedSql("secrets");

  private static final String SELECT =
      """
      select secret_id, project_id, name, note, current_version, valued_at, rotate_after_days,
             deleted_at, revision, created_at, changed_at, reference_path, reference_field
        from {schema}.secret
       where tenant_id = :tenant and project_id = :project
      """;

  private final JdbcClient app;

  SecretRows(JdbcClient app) {
    this.app = app;
  }

  /**
   * A secret.
   *
   * @param version the current one, 0 before there is any
   * @param revision counts whatever is changed about it
   * @param reference to where its value lies elsewhere, null when it lies here
   */
  record Row(
      SecretId id,
      ProjectId project,
      SecretName name,
      String note,
      long version,
      @Nullable Instant valuedAt,
      @Nullable Integer rotateAfterDays,
      @Nullable Instant deletedAt,
      long revision,
      Instant createdAt,
      Instant changedAt,
      @Nullable Reference reference) {

    boolean isDeleted() {
      return deletedAt != null;
    }

    SecretView view() {
      Instant due =
          valuedAt == null || rotateAfterDays == null
              ? null
              : valuedAt.plus(rotateAfterDays, ChronoUnit.DAYS);
      return new SecretView(
          id.value(),
          project.value(),
          name.text(),
          note,
          version,
          revision,
          valuedAt,
          rotateAfterDays,
          due,
          deletedAt,
          createdAt,
          changedAt,
          reference);
    }
  }

  /** By name, after that of the position. */
  List<Row> page(ProjectId project, SecretFilter filter, String after, int most, Instant now) {
    String which =
        switch (filter) {
          case LIVE -> " and deleted_at is null";
          case DUE ->
              " and deleted_at is null and valued_at + rotate_after_days * interval '1 day' <= :now";
          case DELETED -> " and deleted_at is not null";
        };
    StatementSpec asked =
        sql(SELECT + which + " and name > :after order by name limit :most", project)
            .param("after", after)
            .param("most", most);
    return (filter == SecretFilter.DUE ? asked.param("now", now.atOffset(UTC)) : asked)
        .query((row, number) -> row(row))
        .list();
  }

  Optional<Row> find(ProjectId project, SecretName name) {
    return sql(SELECT + " and name = :name", project)
        .param("name", name.text())
        .query((row, number) -> row(row))
        .optional();
  }

  /** The secret, kept from others until the transaction ends. */
  Optional<Row> findLocked(ProjectId project, SecretName name) {
    return sql(SELECT + " and name = :name for update", project)
        .param("name", name.text())
        .query((row, number) -> row(row))
        .optional();
  }

  /** How many the project has, deleted ones included. */
  int count(ProjectId project) {
    return sql(
            "select count(*) from {schema}.secret where tenant_id = :tenant and project_id = :project",
            project)
        .query(Integer.class)
        .single();
  }

  /** Inserts, unless another secret of the project has the name. */
  boolean insert(
      SecretId id,
      ProjectId project,
      SecretName name,
      String note,
      @Nullable Integer rotateAfterDays,
      @Nullable Reference reference,
      Instant now) {
    return sql(
                """
                insert into {schema}.secret
                  (tenant_id, secret_id, project_id, name, note, rotate_after_days, reference_path, reference_field,
                   created_at, changed_at)
                values (:tenant, :secret, :project, :name, :note, :days, :path, :field, :now, :now)
                on conflict (tenant_id, project_id, name) do nothing
                """,
                project)
            .param("secret", id.value())
            .param("name", name.text())
            .param("note", note)
            .param("days", rotateAfterDays, Types.INTEGER)
            .param("path", reference == null ? null : reference.path(), Types.VARCHAR)
            .param("field", reference == null ? null : reference.field(), Types.VARCHAR)
            .param("now", now.atOffset(UTC))
            .update()
        == 1;
  }

  void change(Row secret, String note, @Nullable Integer rotateAfterDays, Instant now) {
    changed(secret, "note = :note, rotate_after_days = :days", now)
        .param("note", note)
        .param("days", rotateAfterDays, Types.INTEGER)
        .update();
  }

  void valued(Row secret, long version, Instant now) {
    changed(secret, "current_version = :version, valued_at = :now", now)
        .param("version", version)
        .update();
  }

  void delete(Row secret, Instant now) {
    changed(secret, "deleted_at = :now", now).update();
  }

  void restore(Row secret, Instant now) {
    changed(secret, "deleted_at = null", now).update();
  }

  /** For good, with all its versions and what was sealed of them. */
  void purge(Row secret) {
    app.sql(
            PLACED.of(
                "delete from {schema}.secret where tenant_id = :tenant and secret_id = :secret"))
        .param("tenant", Tenants.current().value())
        .param("secret", secret.id().value())
        .update();
  }

  private StatementSpec changed(Row secret, String what, Instant now) {
    return app.sql(
            PLACED.of(
                "update {schema}.secret set "
                    + what
                    + ", revision = revision + 1, changed_at = :now"
                    + " where tenant_id = :tenant and secret_id = :secret"))
        .param("tenant", Tenants.current().value())
        .param("secret", secret.id().value())
        .param("now", now.atOffset(UTC));
  }

  private StatementSpec sql(String text, ProjectId project) {
    return app.sql(PLACED.of(text))
        .param("tenant", Tenants.current().value())
        .param("project", project.value());
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        new SecretId(row.getObject("secret_id", UUID.class)),
        new ProjectId(row.getObject("project_id", UUID.class)),
        new SecretName(row.getString("name")),
        row.getString("note"),
        row.getLong("current_version"),
        instant(row, "valued_at"),
        row.getObject("rotate_after_days", Integer.class),
        instant(row, "deleted_at"),
        row.getLong("revision"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("changed_at", OffsetDateTime.class).toInstant(),
        reference(row));
  }

  private static @Nullable Reference reference(ResultSet row) throws SQLException {
    @Nullable String path = row.getString("reference_path");
    return path == null ? null : new Reference(path, row.getString("reference_field"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
