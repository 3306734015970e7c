package dev.cofferdam.review.audit;

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
import java.util.UUID;

/** AUD-04: every role but the superuser, at what stands in the logs. */
public final class AppendOnly {
  private static final String OWNER = "cofferdam_owner";

  /** What the owner of the tables could do to rows. */
  private static final List<String> ROWS =
      List.of(
          "update audit.leaf set record = ''",
          "delete from audit.leaf",
          "truncate audit.leaf",
          "update audit.node set node_hash = ''",
          "delete from audit.node",
          "delete from audit.personal",
          "delete from audit.head",
          "delete from audit.platform_leaf",
          "merge into audit.leaf l using audit.leaf m on l.record_id = m.record_id when matched then delete",
          "insert into audit.leaf select * from audit.leaf on conflict (tenant_id, leaf_index) do update set record = ''");

  /** What a migration backwards does, and whoever wants the rows out of the way. */
  private static final List<String> TABLES =
      List.of(
          "drop table audit.leaf cascade",
          "drop schema audit cascade",
          "drop owned by cofferdam_owner cascade",
          "alter table audit.leaf drop column record",
          "alter table audit.leaf alter column record type text using 'x'",
          "drop trigger append_only on audit.leaf",
          "alter table audit.leaf disable trigger append_only",
          "alter table audit.leaf disable trigger all",
          "alter table audit.leaf enable replica trigger append_only",
          "alter trigger append_only on audit.leaf rename to other");

  private AppendOnly() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "AUD-04.owner-rows",
            "updates, deletes and truncates records as the owner of the tables",
            Identity.OWNER_ROLE,
            target -> owner(target, ROWS)),
        attack(
            "AUD-04.owner-tables",
            "migrates the tables of the logs away as their owner",
            Identity.OWNER_ROLE,
            target -> owner(target, TABLES)),
        attack(
            "AUD-04.outbox",
            "takes a record out of the outbox before its leaf, as the owner of the table",
            Identity.OWNER_ROLE,
            AppendOnly::outbox),
        attack(
            "AUD-04.application",
            "edits and removes records of its own tenant by an injection",
            Identity.INJECTION,
            AppendOnly::application));
  }

  private static Attack attack(String id, String does, Identity who, Attack.Assault assault) {
    return new Attack(id, does, Mode.DESTRUCTIVE, Set.of(who), assault, Evidence::othersAreClean);
  }

  /**
   * Each in a transaction that is bound to the victim and rolled back, so that all can be tried.
   */
  private static Verdict owner(Target target, List<String> statements) throws SQLException {
    String capability = target.server().capability(target.victim().scope());
    List<Answer> answers = new ArrayList<>();
    try (Session session = target.as(OWNER)) {
      for (String statement : statements) {
        session.must("begin");
        session.must("select tenancy.bind('\\x" + capability + "')");
        Answer answer = session.run(statement);
        session.must("rollback");
        if (!(answer instanceof Answer.Failed)) {
          return new Verdict.Succeeded(statement + ": " + answer.readable());
        }
        answers.add(answer);
      }
    }
    return refused(answers, "0A000");
  }

  /** Of a log that nobody signs here, so that the record stays for as long as the attack takes. */
  private static Verdict outbox(Target target) throws SQLException {
    UUID record = UUID.randomUUID();
    try (Session superuser = target.asSuperuser();
        Session owner = target.as(OWNER)) {
      superuser.must(
          "insert into audit.outbox values ('%s', '%s', pg_current_xact_id(), 'a record')"
              .formatted(UUID.randomUUID(), record));
      String one = " where record_id = '%s'".formatted(record);
      List<Answer> answers =
          owner.all(
              "update audit.outbox set record = 'another'" + one,
              "truncate audit.outbox",
              "delete from audit.outbox" + one);
      String left = superuser.must("select count(*) from audit.outbox" + one).single();
      return left.equals("1")
          ? refused(answers, "0A000")
          : new Verdict.Succeeded("a record that was to come to stand is gone");
    }
  }

  private static Verdict application(Target target) {
    List<Answer> answers =
        target.inject(
            Manner.EACH,
            "update audit.leaf set record = ''",
            "delete from audit.leaf",
            "truncate audit.leaf",
            "delete from audit.head",
            "delete from audit.outbox",
            "drop table audit.leaf");
    for (Answer answer : answers) {
      if (answer instanceof Answer.Count count) {
        return new Verdict.Succeeded("its own tenant's history: " + count.readable());
      }
    }
    // 42501 is as good: it has no right to ask for what nobody is given.
    return refused(answers, "0A000", "42501");
  }

  private static Verdict refused(List<Answer> answers, String... states) {
    boolean as =
        answers.stream()
            .allMatch(
                answer ->
                    answer instanceof Answer.Failed failed
                        && List.of(states).contains(failed.state()));
    String summary = Target.summary(answers);
    return as
        ? new Verdict.Refused(summary)
        : new Verdict.Inconclusive("refused, but not as it is said: " + summary);
  }
}
