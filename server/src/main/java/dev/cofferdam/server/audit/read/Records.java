package dev.cofferdam.server.audit.read;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.store.AllLogs;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The records of the bound tenant's log. */
public final class Records {
  private static final int AT_ONCE = 5_000;
  private static final int TIMES = 10;
  private static final String BEGIN =
      """
      select l.leaf_index, l.record, s.at
        from audit.search s
        join audit.leaf l on l.tenant_id = s.tenant_id and l.leaf_index = s.leaf_index
       where s.tenant_id = :tenant
      """;
  private static final String NEWEST = " order by s.at desc, s.leaf_index desc limit :limit";
  private static final String OLDEST = " order by s.at, s.leaf_index limit :limit";

  private final JdbcClient app;
  private final AllLogs logs;

  /**
   * @param app runs as {@code cofferdam_app}
   */
  public Records(JdbcClient app, AllLogs logs) {
    this.app = app;
    this.logs = logs;
  }

  /** A query as it runs: what is searched for is bound, and only constants are joined. */
  private static final class Sql {
    private final StringBuilder text = new StringBuilder(BEGIN);
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    private void and(String condition) {
      text.append(" and ").append(condition);
    }

    private void and(String condition, String name, Object value) {
      and(condition);
      parameters.put(name, value);
    }

    private void party(String column, Party party) {
      and("s." + column + "_kind = :" + column + "_kind", column + "_kind", party.kind());
      and("s." + column + "_id = :" + column + "_id", column + "_id", shown(party.id()));
    }
  }

  /** Searches the bound tenant's log. Records that were written before the call are found. */
  public Slice search(RecordQuery query) {
    return search(query, List.of());
  }

  /**
   * The same for records of any of some actions.
   *
   * @param actions which; all when empty
   */
  public Slice search(RecordQuery query, List<String> actions) {
    LogId.OfTenant log = new LogId.OfTenant(Tenants.current());
    long unsearched = makeSearchable(log);
    Sql sql = sql(query, log);
    if (!actions.isEmpty()) {
      sql.and("s.action = any (:actions)", "actions", actions.toArray(String[]::new));
    }
    // One more than asked for, to know whether there are more.
    List<StoredRecord> found =
        app.sql(sql.text.append(NEWEST).toString())
            .params(sql.parameters)
            .param("limit", query.limit() + 1)
            .query(
                (row, number) ->
                    new StoredRecord(row.getLong(1), AuditRecord.decode(row.getBytes(2))))
            .list();
    if (found.size() <= query.limit()) {
      return new Slice(found, Optional.empty(), unsearched);
    }
    List<StoredRecord> page = new ArrayList<>(found.subList(0, query.limit()));
    StoredRecord last = page.getLast();
    return new Slice(
        page,
        Optional.of(new RecordQuery.Position(last.record().time(), last.index())),
        unsearched);
  }

  private long makeSearchable(LogId.OfTenant log) {
    long unsearched = logs.makeSearchable(log, AT_ONCE);
    for (int time = 1; unsearched > 0 && time < TIMES; time++) {
      unsearched = logs.makeSearchable(log, AT_ONCE);
    }
    return unsearched;
  }

  /**
   * A record where it stands.
   *
   * @param at by which it is found, as finely as the database has it
   * @param record as the log commits to it
   */
  record Encoded(long index, Instant at, byte[] record) {}

  /**
   * The oldest records of the bound tenant's log that fit {@code query}, whatever page it asks for.
   *
   * @param begin the index from which on they stand
   * @param end the index before which
   * @param after where the part before ended
   */
  List<Encoded> oldest(
      LogId.OfTenant log,
      RecordQuery query,
      long begin,
      long end,
      Optional<Encoded> after,
      int most) {
    if (after.isEmpty()) {
      long unsearched = makeSearchable(log);
      while (unsearched > 0) {
        unsearched = makeSearchable(log);
      }
    }
    Sql sql = sql(query.first(), log);
    sql.and("s.leaf_index >= :begin", "begin", begin);
    sql.and("s.leaf_index < :end", "end", end);
    after.ifPresent(
        last -> {
          sql.and("(s.at, s.leaf_index) > (:time, :index)", "time", timestamp(last.at()));
          sql.parameters.put("index", last.index());
        });
    return app.sql(sql.text.append(OLDEST).toString())
        .params(sql.parameters)
        .param("limit", most)
        .query(
            (row, number) ->
                new Encoded(
                    row.getLong(1),
                    row.getObject(3, OffsetDateTime.class).toInstant(),
                    row.getBytes(2)))
        .list();
  }

  /** The record with this id in the bound tenant's log. */
  public Optional<StoredRecord> find(UUID id) {
    return app.sql(
            """
            select leaf_index, record from audit.leaf where tenant_id = :tenant and record_id = :id
            """)
        .param("tenant", Tenants.current().value())
        .param("id", id)
        .query(
            (row, number) -> new StoredRecord(row.getLong(1), AuditRecord.decode(row.getBytes(2))))
        .optional();
  }

  static Map.Entry<String, Map<String, Object>> statement(RecordQuery query, LogId.OfTenant log) {
    Sql sql = sql(query, log);
    return Map.entry(sql.text.append(NEWEST).toString(), sql.parameters);
  }

  private static Sql sql(RecordQuery query, LogId.OfTenant log) {
    Sql sql = new Sql();
    sql.parameters.put("tenant", log.key());
    if (query.actor() != null) {
      sql.party("actor", query.actor());
    }
    if (query.action() != null) {
      sql.and("s.action = :action", "action", query.action());
    }
    if (query.object() != null) {
      sql.party("object", query.object());
    }
    Outcome outcome = query.outcome();
    if (outcome != null) {
      // A constant, since the index over what was not done is found by it.
      sql.and("s.outcome = '" + outcome.word() + "'");
    }
    if (query.from() != null) {
      sql.and("s.at >= :from", "from", timestamp(query.from()));
    }
    if (query.until() != null) {
      sql.and("s.at < :until", "until", timestamp(query.until()));
    }
    RecordQuery.Position after = query.after();
    if (after != null) {
      sql.and("(s.at, s.leaf_index) < (:time, :index)", "time", timestamp(after.time()));
      sql.parameters.put("index", after.index());
    }
    return sql;
  }

  private static Object timestamp(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  /** As it stands in the table: PostgreSQL's texts have no U+0000. */
  private static String shown(String id) {
    return id.replace('\0', '?');
  }
}
