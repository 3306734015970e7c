package dev.cofferdam.server.rotation;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of destructions, in the platform's scope for rotations. */
final class DestructionRows {
  private final JdbcClient app;

  DestructionRows(JdbcClient app) {
    this.app = app;
  }

  /** Inserts it, unless one of the same keys is wished or going on. */
  boolean insert(Destruction wished) {
    return app.sql(
                """
                insert into rotation.destruction (destruction_id, purpose, version, reason, wished_by, wished_at)
                values (:id, :purpose, :version, :reason, :by, :at) on conflict do nothing
                """)
            .param("id", wished.id())
            .param("purpose", wished.purpose().label())
            .param("version", wished.version())
            .param("reason", wished.reason())
            .param("by", wished.wishedBy().value())
            .param("at", wished.wishedAt().atOffset(UTC))
            .update()
        == 1;
  }

  Optional<Destruction> find(UUID id) {
    return app.sql("select * from rotation.destruction where destruction_id = :id")
        .param("id", id)
        .query((row, number) -> destruction(row))
        .optional();
  }

  /** Kept from others until the transaction ends. */
  Optional<Destruction> findLocked(UUID id) {
    return app.sql("select * from rotation.destruction where destruction_id = :id for update")
        .param("id", id)
        .query((row, number) -> destruction(row))
        .optional();
  }

  /** The newest first. */
  List<Destruction> newest(int most) {
    return app.sql(
            "select * from rotation.destruction order by wished_at desc, destruction_id desc limit :most")
        .param("most", most)
        .query((row, number) -> destruction(row))
        .list();
  }

  /** Approved, and neither called back nor ended, those that are due first before the others. */
  List<Destruction> approved() {
    return app.sql(
            """
            select * from rotation.destruction
             where approved_at is not null and withdrawn_at is null and ended_at is null
             order by due_at, destruction_id
            """)
        .query((row, number) -> destruction(row))
        .list();
  }

  void approve(UUID id, Destruction.Approved approved) {
    app.sql(
            """
            update rotation.destruction set approved_by = :by, approved_at = :at, due_at = :due
             where destruction_id = :id
            """)
        .param("id", id)
        .param("by", approved.by().value())
        .param("at", approved.at().atOffset(UTC))
        .param("due", approved.due().atOffset(UTC))
        .update();
  }

  void withdraw(UUID id, Destruction.Withdrawn withdrawn) {
    app.sql(
            """
            update rotation.destruction set withdrawn_by = :by, withdrawn_at = :at where destruction_id = :id
            """)
        .param("id", id)
        .param("by", withdrawn.by().value())
        .param("at", withdrawn.at().atOffset(UTC))
        .update();
  }

  /**
   * One more tenant is done with; false when another server has come further, or somebody has
   * called it back.
   */
  boolean pass(Destruction seen, TenantId tenant, long destroyed, long kept) {
    return app.sql(
                """
                update rotation.destruction
                   set done_to = :tenant, destroyed = destroyed + :destroyed, kept = kept + :kept
                 where destruction_id = :id and done_to is not distinct from :before
                   and ended_at is null and withdrawn_at is null
                """)
            .param("id", seen.id())
            .param("tenant", tenant.value())
            .param("destroyed", destroyed)
            .param("kept", kept)
            .param("before", seen.doneTo().map(TenantId::value).orElse(null), Types.OTHER)
            .update()
        == 1;
  }

  /** It has ended; empty when it is no more what was seen of it. */
  Optional<Destruction> end(Destruction seen, Instant now) {
    return app.sql(
            """
            update rotation.destruction set ended_at = :now
             where destruction_id = :id and done_to is not distinct from :before
               and ended_at is null and withdrawn_at is null
            returning *
            """)
        .param("id", seen.id())
        .param("now", now.atOffset(UTC))
        .param("before", seen.doneTo().map(TenantId::value).orElse(null), Types.OTHER)
        .query((row, number) -> destruction(row))
        .optional();
  }

  private static Destruction destruction(ResultSet row) throws SQLException {
    return new Destruction(
        row.getObject("destruction_id", UUID.class),
        KeyPurpose.of(row.getString("purpose")),
        row.getInt("version"),
        row.getString("reason"),
        new PersonId(row.getObject("wished_by", UUID.class)),
        at(row, "wished_at").orElseThrow(),
        approved(row),
        withdrawn(row),
        Optional.ofNullable(row.getObject("done_to", UUID.class)).map(TenantId::new),
        row.getLong("destroyed"),
        row.getLong("kept"),
        at(row, "ended_at"));
  }

  private static Optional<Destruction.Approved> approved(ResultSet row) throws SQLException {
    UUID by = row.getObject("approved_by", UUID.class);
    return by == null
        ? Optional.empty()
        : Optional.of(
            new Destruction.Approved(
                new PersonId(by),
                at(row, "approved_at").orElseThrow(),
                at(row, "due_at").orElseThrow()));
  }

  private static Optional<Destruction.Withdrawn> withdrawn(ResultSet row) throws SQLException {
    UUID by = row.getObject("withdrawn_by", UUID.class);
    return by == null
        ? Optional.empty()
        : Optional.of(
            new Destruction.Withdrawn(new PersonId(by), at(row, "withdrawn_at").orElseThrow()));
  }

  private static Optional<Instant> at(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(time -> Objects.requireNonNull(time).toInstant());
  }
}
