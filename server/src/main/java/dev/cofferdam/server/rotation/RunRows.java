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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of rotations, in the platform's scope for them. */
final class RunRows {
  private final JdbcClient app;

  RunRows(JdbcClient app) {
    this.app = app;
  }

  /**
   * A rotation that this server has taken.
   *
   * @param left whether another server, or this one before it died, did not let go of it
   */
  record Taken(KeyRun run, boolean left) {}

  /** Inserts it, unless one of the same purpose is going on. */
  boolean insert(KeyRun run) {
    return app.sql(
                """
                insert into rotation.run (run_id, purpose, only_for, urgent, reason, begun_by, begun_at, waits_since)
                values (:id, :purpose, :only, :urgent, :reason, :by, :at, :at)
                on conflict do nothing
                """)
            .param("id", run.id())
            .param("purpose", run.purpose().label())
            .param("only", run.only().map(TenantId::value).orElse(null), Types.OTHER)
            .param("urgent", run.urgent())
            .param("reason", run.reason())
            .param("by", run.begunBy().value())
            .param("at", run.begunAt().atOffset(UTC))
            .update()
        == 1;
  }

  Optional<KeyRun> find(UUID id) {
    return app.sql("select * from rotation.run where run_id = :id")
        .param("id", id)
        .query((row, number) -> run(row))
        .optional();
  }

  /** The newest of a purpose, going on or not. */
  Optional<KeyRun> newest(KeyPurpose purpose) {
    return app.sql(
            """
            select * from rotation.run where purpose = :purpose order by begun_at desc, run_id desc limit 1
            """)
        .param("purpose", purpose.label())
        .query((row, number) -> run(row))
        .optional();
  }

  /** The newest first. */
  List<KeyRun> newest(int most) {
    return app.sql("select * from rotation.run order by begun_at desc, run_id desc limit :most")
        .param("most", most)
        .query((row, number) -> run(row))
        .list();
  }

  /**
   * Takes the rotation that has waited longest, if any waits. None that begins in the future, as a
   * server sees whose clock is behind: what it turned would count as not turned.
   *
   * <p>Materialized, since a join may look into a subquery once for each row: then one statement
   * takes as many as there are.
   */
  Optional<Taken> take(UUID worker, Instant now, Instant until) {
    return app.sql(
            """
            with w as materialized (
              select run_id, worker from rotation.run
               where ended_at is null and begun_at <= :now and (held_until is null or held_until <= :now)
               order by waits_since limit 1 for update skip locked)
            update rotation.run r
               set worker = :worker, held_until = :until,
                   resumed = r.resumed + case when w.worker is null then 0 else 1 end
              from w
             where r.run_id = w.run_id
            returning r.*, w.worker is not null as was_left
            """)
        .param("worker", worker)
        .param("now", now.atOffset(UTC))
        .param("until", until.atOffset(UTC))
        .query((row, number) -> new Taken(run(row), row.getBoolean("was_left")))
        .optional();
  }

  /** Holds it for longer; false when another server has it by now. */
  boolean hold(UUID id, UUID worker, Instant until) {
    return app.sql(
                """
                update rotation.run set held_until = :until
                 where run_id = :id and worker = :worker and ended_at is null
                """)
            .param("id", id)
            .param("worker", worker)
            .param("until", until.atOffset(UTC))
            .update()
        == 1;
  }

  /** One more tenant is done with; empty when another server has it by now. */
  Optional<KeyRun> pass(UUID id, UUID worker, TenantId tenant, Part part, Instant until) {
    return app.sql(
            """
            update rotation.run
               set done_to = :tenant, rings = rings + :rings, cells = cells + :cells, spoilt = spoilt + :spoilt,
                   held_until = :until, held_up_since = null, held_up_by = null, held_up_code = null
             where run_id = :id and worker = :worker and ended_at is null
            returning *
            """)
        .param("id", id)
        .param("worker", worker)
        .param("tenant", tenant.value())
        .param("rings", part.rings())
        .param("cells", part.cells())
        .param("spoilt", part.spoilt())
        .param("until", until.atOffset(UTC))
        .query((row, number) -> run(row))
        .optional();
  }

  /** Something holds it up: since it was found first, where it is the same. */
  void holdUp(UUID id, UUID worker, HeldUp by) {
    app.sql(
            """
            update rotation.run
               set held_up_since = case when held_up_by is not distinct from :by and held_up_code = :code
                                        then held_up_since else :since end,
                   held_up_by = :by, held_up_code = :code
             where run_id = :id and worker = :worker and ended_at is null
            """)
        .param("id", id)
        .param("worker", worker)
        .param("by", by.by().map(TenantId::value).orElse(null), Types.OTHER)
        .param("code", by.code().name().toLowerCase(Locale.ROOT))
        .param("since", by.since().atOffset(UTC))
        .update();
  }

  /** Lets go of it: it waits for its next turn. */
  void release(UUID id, UUID worker, Instant now) {
    app.sql(
            """
            update rotation.run set worker = null, held_until = null, waits_since = :now
             where run_id = :id and worker = :worker and ended_at is null
            """)
        .param("id", id)
        .param("worker", worker)
        .param("now", now.atOffset(UTC))
        .update();
  }

  /** It has ended; empty when another server has it by now. */
  Optional<KeyRun> end(UUID id, UUID worker, long rings, Instant now) {
    return app.sql(
            """
            update rotation.run
               set worker = null, held_until = null, rings = rings + :rings, ended_at = :now,
                   held_up_since = null, held_up_by = null, held_up_code = null
             where run_id = :id and worker = :worker and ended_at is null
            returning *
            """)
        .param("id", id)
        .param("worker", worker)
        .param("rings", rings)
        .param("now", now.atOffset(UTC))
        .query((row, number) -> run(row))
        .optional();
  }

  private static KeyRun run(ResultSet row) throws SQLException {
    return new KeyRun(
        row.getObject("run_id", UUID.class),
        KeyPurpose.of(row.getString("purpose")),
        tenant(row, "only_for"),
        row.getBoolean("urgent"),
        row.getString("reason"),
        new PersonId(row.getObject("begun_by", UUID.class)),
        row.getObject("begun_at", OffsetDateTime.class).toInstant(),
        tenant(row, "done_to"),
        row.getLong("rings"),
        row.getLong("cells"),
        row.getLong("spoilt"),
        row.getInt("resumed"),
        heldUp(row),
        Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }

  private static Optional<HeldUp> heldUp(ResultSet row) throws SQLException {
    String code = row.getString("held_up_code");
    return code == null
        ? Optional.empty()
        : Optional.of(
            new HeldUp(
                tenant(row, "held_up_by"),
                row.getObject("held_up_since", OffsetDateTime.class).toInstant(),
                HeldUp.Code.valueOf(code.toUpperCase(Locale.ROOT))));
  }

  private static Optional<TenantId> tenant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, UUID.class)).map(TenantId::new);
  }
}
