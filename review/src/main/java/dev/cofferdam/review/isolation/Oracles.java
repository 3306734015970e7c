package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Manner;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ISO-15, what tells of others without showing a row: counts, estimates, partitions, locks, and
 * what holds everybody up.
 */
public final class Oracles {
  /** How many rows the victim gets, so that a count of all tenants cannot be the attacker's own. */
  private static final int MANY = 5000;

  private static final Pattern ESTIMATE = Pattern.compile("rows=(\\d+)");

  private Oracles() {}

  public static List<Attack> all() {
    return List.of(
        count(
            "ISO-15.statistics",
            "reads what PostgreSQL counts of every table: rows, changes, most common values",
            "select max(n_live_tup) from pg_stat_user_tables",
            "select max(n_tup_ins) from pg_stat_all_tables",
            "select max(n_tup_ins) from pg_stat_xact_all_tables",
            "select max(pg_stat_get_live_tuples(c.oid)) from pg_class c",
            "select max(pg_stat_get_tuples_inserted(c.oid)) from pg_class c",
            "select max(idx_tup_read) from pg_stat_user_indexes"),
        count(
            "ISO-15.catalog-counts",
            "reads the planner's own count of rows from the catalogue",
            "select max(reltuples)::bigint from pg_class",
            "select reltuples::bigint from pg_class where relname = 'note'",
            "select max(c.reltuples)::bigint from pg_catalog.pg_class c"),
        count(
            "ISO-15.sizes",
            "tells the number of rows from the size of tables",
            "select pg_relation_size('notes.note') / 50",
            "select pg_total_relation_size('notes.note') / 50",
            "select pg_table_size('notes.note') / 50",
            "select pg_indexes_size('notes.note') / 50"),
        injected(
            "ISO-15.estimates",
            "has the planner estimate the rows of all tenants",
            Oracles::estimates),
        injected(
            "ISO-15.partitions",
            "reads partitions, and parts of tables, by their own names",
            Oracles::partitions),
        injected(
            "ISO-15.advisory-locks",
            "takes locks that tenants could see each other by",
            Oracles::advisoryLocks),
        injected("ISO-15.sleep", "sleeps, and holds its connection", Oracles::sleep),
        injected(
            "ISO-15.large-objects",
            "reads large objects, which have no tenant",
            Oracles::largeObjects),
        injected(
            "ISO-15.other-sessions",
            "reads what other sessions are running",
            Oracles::otherSessions),
        injected(
            "ISO-15.signals",
            "cancels and ends the statements of other sessions",
            Oracles::signals));
  }

  private static Attack injected(String id, String does, Attack.Assault assault) {
    return new Attack(
        id, does, Mode.NOISY, Set.of(Identity.INJECTION), assault, Target::readsItsOwn);
  }

  private static Attack count(String id, String does, String... counts) {
    return injected(
        id,
        does,
        target -> {
          crowd(target);
          List<Answer> answers = new ArrayList<>(target.inject(Manner.EACH, counts));
          answers.addAll(target.unbound(counts));
          for (Answer answer : answers) {
            if (number(answer.single()) >= MANY) {
              return new Verdict.Succeeded(
                  "counted " + answer.single() + " rows, of which its own is one");
            }
          }
          return new Verdict.Refused(Target.summary(answers));
        });
  }

  /** Gives the victim so many rows that a count over all tenants shows them. */
  private static void crowd(Target target) throws SQLException {
    try (Session session = target.asSuperuser()) {
      session.must(
          """
          insert into notes.note (tenant_id, id, title, body)
          select '%s', gen_random_uuid(), 'crowd ' || n, 'crowd' from generate_series(1, %d) n
          """
              .formatted(target.victim().id(), MANY));
      session.must("analyze notes.note");
      session.must("select pg_stat_force_next_flush()");
    }
  }

  private static long number(String text) {
    return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
  }

  private static Verdict estimates(Target target) throws SQLException {
    crowd(target);
    String victims = "select from notes.note where tenant_id = '" + target.victim().id() + "'";
    List<Answer> answers =
        target.inject(
            Manner.EACH,
            "explain select from notes.note",
            "explain (format text, costs) " + victims,
            "/* */ explain select count(*) from notes.note",
            "-- \n explain table notes.note",
            "EXPLAIN ANALYZE select from notes.note");
    for (Answer answer : answers) {
      Matcher estimate = ESTIMATE.matcher(answer.readable());
      while (estimate.find()) {
        if (number(estimate.group(1)) >= MANY / 2) {
          return new Verdict.Succeeded("the planner told of " + estimate.group());
        }
      }
    }
    return new Verdict.Refused(Target.summary(answers));
  }

  private static Verdict partitions(Target target) {
    String[] reads = {
      "select body from notes.entry_0",
      "select body from notes.entry_1",
      "select body from only notes.entry_0 union all select body from only notes.entry_1",
      "table notes.entry_1"
    };
    List<Answer> answers = new ArrayList<>(target.inject(Manner.EACH, reads));
    answers.addAll(target.unbound(reads));
    return target.canaryIn(answers);
  }

  private static Verdict advisoryLocks(Target target) {
    return done(
        target.inject(
            Manner.EACH,
            "select pg_try_advisory_lock(4711)",
            "select pg_try_advisory_xact_lock(4711)",
            "select pg_advisory_xact_lock_shared(47, 11)",
            "select pg_try_advisory_xact_lock_shared(4711)"),
        "took a lock that every tenant can see");
  }

  private static Verdict sleep(Target target) {
    return done(
        target.inject(
            Manner.EACH,
            "select pg_sleep(0.2)",
            "select pg_sleep_for('200 milliseconds')",
            "select pg_sleep_until(clock_timestamp() + interval '200 milliseconds')"),
        "slept as long as it liked");
  }

  /** Succeeded when any statement was answered at all. */
  private static Verdict done(List<Answer> answers, String what) {
    return answers.stream().allMatch(Answer.Failed.class::isInstance)
        ? new Verdict.Refused(Target.summary(answers))
        : new Verdict.Succeeded(what + ": " + Target.summary(answers));
  }

  private static Verdict largeObjects(Target target) throws SQLException {
    String oid;
    try (Session session = target.asSuperuser()) {
      oid =
          session
              .must(
                  "select lo_from_bytea(0, convert_to('" + target.victim().canary() + "', 'UTF8'))")
              .single();
      session.must("alter large object " + oid + " owner to cofferdam_app");
    }
    return target.canaryIn(
        target.inject(
            Manner.EACH,
            "select convert_from(lo_get(" + oid + "), 'UTF8')",
            "select convert_from(loread(lo_open(" + oid + ", 262144), 1000), 'UTF8')",
            "select string_agg(convert_from(data, 'UTF8'), '') from pg_largeobject"));
  }

  private static Verdict otherSessions(Target target) throws SQLException {
    try (Session victim = target.asApplication()) {
      victim.run("select '" + target.victim().canary() + "'");
      return target.canaryIn(
          target.inject(
              Manner.EACH,
              "select string_agg(query, ' ') from pg_stat_activity",
              "select string_agg(query, ' ') from pg_stat_get_activity(null)",
              "select string_agg(a::text, ' ') from pg_stat_activity a"));
    }
  }

  private static Verdict signals(Target target) throws SQLException {
    try (Session victim = target.asApplication()) {
      String pid = victim.must("select pg_backend_pid()").single();
      List<Answer> answers =
          target.inject(
              Manner.EACH,
              "select pg_cancel_backend(" + pid + ")",
              "select pg_terminate_backend(" + pid + ", 2000)");
      Answer still = victim.run("select 1");
      return still instanceof Answer.Failed failed
          ? new Verdict.Succeeded("ended another session: " + failed.readable())
          : new Verdict.Refused("the other session goes on: " + Target.summary(answers));
    }
  }
}
