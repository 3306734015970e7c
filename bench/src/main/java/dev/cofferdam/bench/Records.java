package dev.cofferdam.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Appended;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Receipted;
import dev.cofferdam.server.surface.RequestId;
import dev.cofferdam.server.tenancy.PersonId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What it costs to make a record durable before an answer: by Cofferdam, which gives each its
 * receipt, and by a row and a commit of its own, which proves nothing.
 */
final class Records {
  static final String ONE_LOG = "records of one log";
  static final String MANY_LOGS = "records of 1,000 logs";

  private static final int LOGS = 1_000;
  private static final int CALLERS = 96;

  /** So many that none of them is late for their next record because of the one before. */
  private static final int STEADY_CALLERS = 400;

  private static final int ONE_LOG_RATE = 20_000;
  private static final int MANY_LOGS_RATE = 10_000;
  private static final int CONNECTIONS = 16;
  private static final int LENGTH = 370;

  private final AuditLog audit;
  private final JdbcTemplate plain;
  private final List<LogId> logs;

  private Records(AuditLog audit, JdbcTemplate plain, List<LogId> logs) {
    this.audit = audit;
    this.plain = plain;
    this.logs = logs;
  }

  /**
   * Founds a thousand tenants, which takes half a minute.
   *
   * @param house which keeps the logs
   * @param rows connections for the rows, with a commit each
   */
  static List<Contest> contests(House house, DataSource rows) {
    List<LogId> logs = logs(house, LOGS);
    HikariConfig config = new HikariConfig();
    config.setDataSource(rows);
    config.setMaximumPoolSize(CONNECTIONS);
    HikariDataSource pool = new HikariDataSource(config);
    house.onClose(pool);
    JdbcTemplate plain = new JdbcTemplate(pool);
    plain.execute(
        "create table plain_record (id uuid primary key, at timestamptz not null, record bytea not null)");
    Records records = new Records(house.bean(AuditLog.class), plain, logs);
    return List.of(
        records.oneLog(),
        records.steady(ONE_LOG, 1, ONE_LOG_RATE),
        records.manyLogs(),
        records.steady(MANY_LOGS, LOGS, MANY_LOGS_RATE));
  }

  /** The logs of tenants that are founded for it. */
  static List<LogId> logs(House house, int count) {
    List<LogId> logs = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      logs.add(new LogId.OfTenant(house.tenant("bench-" + number)));
    }
    return List.copyOf(logs);
  }

  private Contest oneLog() {
    return new Contest(
        ONE_LOG,
        1,
        List.of(
            new Contender("a row and a commit each", item -> row()),
            new Contender("with receipt", item -> append(logs.getFirst()))),
        List.of(
            Bar.rate(
                ONE_LOG + ", durable with receipt, a second",
                "with receipt",
                ONE_LOG_RATE,
                50_000)),
        Callers.virtual(CALLERS));
  }

  private Contest manyLogs() {
    return new Contest(
        MANY_LOGS,
        LOGS,
        List.of(
            new Contender("a row and a commit each", item -> row()),
            new Contender("with receipt", item -> append(logs.get(item - 1)))),
        List.of(
            Bar.rate(
                MANY_LOGS + ", durable with receipt, a second",
                "with receipt",
                MANY_LOGS_RATE,
                25_000)),
        Callers.virtual(CALLERS));
  }

  /**
   * What somebody waits for their receipt when records come at a steady rate, whether or not those
   * before are done. At the highest rate that there is, everybody waits for everybody else.
   */
  private Contest steady(String logs, int count, int rate) {
    return new Contest(
        "%s, %,d a second".formatted(logs, rate),
        count,
        List.of(new Contender("with receipt", item -> append(this.logs.get(item - 1)))),
        List.of(
            Bar.p99("p99 of %s at %,d a second, ms".formatted(logs, rate), "with receipt", 10, 5)),
        Callers.virtual(STEADY_CALLERS, rate));
  }

  private void append(LogId log) {
    Entry entry =
        Entry.done(log, new Actor.OfPerson(new PersonId(UUID.randomUUID())), "secret.read")
            .on("secret", "db-password")
            .in(new RequestId(UUID.randomUUID()))
            .with("version", "7");
    Appended appended = audit.append(entry);
    if (!(appended instanceof Receipted)) {
      throw new IllegalStateException("a record was not appended: " + appended);
    }
  }

  private void row() {
    plain.update(
        "insert into plain_record (id, at, record) values (?, now(), ?)",
        UUID.randomUUID(),
        new byte[LENGTH]);
  }
}
