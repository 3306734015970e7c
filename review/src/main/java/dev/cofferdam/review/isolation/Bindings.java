package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Session;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** ISO-04: the application's own password, and everything its role might try with it. */
public final class Bindings {
  // Where the parts of a capability end, in hex digits.
  private static final int MAC = 64;
  private static final int EPOCH = MAC + 8;
  private static final int EXPIRY = EPOCH + 16;

  private static final String MADE_UP = "0".repeat(MAC) + "00000001" + Forgery.NEVER;

  private Bindings() {}

  public static List<Attack> all() {
    return List.of(
        withPassword(
            "ISO-04.unbound-read", "reads every table without any scope", Bindings::unboundRead),
        withPassword(
            "ISO-04.other-role",
            "becomes the owner, and binds itself as the owner may",
            Bindings::otherRole),
        withPassword(
            "ISO-04.row-security-off",
            "turns row security off, drops its policies, or gives itself rights",
            Bindings::rowSecurityOff),
        withPassword(
            "ISO-04.setting",
            "sets the setting that carries the scope by every way there is to set one",
            Bindings::setting),
        withPassword(
            "ISO-04.function-setting",
            "sets the setting that carries the scope through a function, as an injection can",
            Bindings::functionSetting),
        withPassword(
            "ISO-04.key-theft",
            "reads the binding key, and makes itself a capability of the victim",
            Bindings::keyTheft),
        new Attack(
            "ISO-04.foreign-capability",
            "puts the victim's scope into a valid capability of its own tenant, or makes one up",
            Mode.SAFE,
            Set.of(Identity.APPLICATION_PASSWORD, Identity.OWN_CAPABILITY),
            Bindings::foreignCapability,
            Bindings::bindsItsOwn),
        new Attack(
            "ISO-04.expired-capability",
            "uses a capability of the victim that was taken from memory and has expired",
            Mode.SAFE,
            Set.of(Identity.APPLICATION_PASSWORD),
            Bindings::expiredCapability,
            Bindings::bindsItsOwn));
  }

  private static Attack withPassword(String id, String does, Attack.Assault assault) {
    return new Attack(
        id,
        does,
        Mode.DESTRUCTIVE,
        Set.of(Identity.APPLICATION_PASSWORD),
        assault,
        Bindings::bindsItsOwn);
  }

  /** The probe: the same password, with a valid capability, reads its own. */
  static String bindsItsOwn(Target target) throws SQLException {
    try (Session session = target.asApplication()) {
      session.run("begin");
      session.must(binds(capability(target, target.attacker().scope())));
      Answer own = session.must("select body from " + target.attacker().schema() + ".note");
      session.run("rollback");
      if (!own.readable().equals(target.attacker().canary())) {
        throw new IllegalStateException("a valid capability reads " + own.readable());
      }
    }
    return "a valid capability of its own reads its own canary";
  }

  private static String capability(Target target, String scope) {
    return target.server().capability(scope);
  }

  private static String binds(String capability) {
    return "select tenancy.bind('\\x" + capability + "')";
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String[] reads(Target target) {
    String notes = target.victim().schema() + ".note";
    return new String[] {
      "select body from " + notes,
      "select body from notes.comment",
      "select body from notes.entry",
      "select body from notes.bookmark",
      "select body from notes.bulletin",
      "table " + notes,
      "select n::text from " + notes + " n limit 1",
      "copy (select body from " + notes + ") to stdout",
      "update " + notes + " set body = body returning body",
      "delete from " + notes + " returning body",
    };
  }

  private static Verdict unboundRead(Target target) {
    return target.canaryIn(target.unbound(reads(target)));
  }

  private static Verdict otherRole(Target target) throws SQLException {
    List<Answer> answers = new ArrayList<>();
    for (String become :
        List.of(
            "set role cofferdam_owner",
            "set session authorization cofferdam_owner",
            "set role cofferdam_ops",
            "set role " + target.superuser())) {
      try (Session session = target.asApplication()) {
        answers.add(session.run(become));
        answers.add(session.run("set backtrace_functions = 'x_review'"));
        answers.addAll(session.all(reads(target)));
      }
    }
    return target.canaryIn(answers);
  }

  private static Verdict rowSecurityOff(Target target) throws SQLException {
    String notes = target.victim().schema() + ".note";
    List<Answer> answers = new ArrayList<>();
    try (Session session = target.asApplication()) {
      answers.addAll(
          session.all(
              "set row_security = off",
              "alter table " + notes + " disable row level security",
              "alter table " + notes + " no force row level security",
              "drop policy scope on " + notes,
              "create policy mine on " + notes + " using (true)",
              "alter policy scope on " + notes + " using (true)",
              "alter role cofferdam_app bypassrls",
              "grant cofferdam_owner to cofferdam_app",
              "alter table " + notes + " owner to cofferdam_app",
              "set session_replication_role = replica"));
      answers.addAll(session.all(reads(target)));
    }
    return target.canaryIn(answers);
  }

  private static Verdict setting(Target target) throws SQLException {
    String carried = target.victim().carried();
    String read = "select body from " + target.victim().schema() + ".note";
    List<Answer> answers = new ArrayList<>();
    for (String set :
        List.of(
            "set backtrace_functions = '" + carried + "'",
            "begin; set local backtrace_functions = '" + carried + "'",
            "set session backtrace_functions to '" + carried + "'",
            "update pg_settings set setting = '" + carried + "' where name = 'backtrace_functions'",
            "alter role cofferdam_app set backtrace_functions = '" + carried + "'",
            "alter database " + target.database() + " set backtrace_functions = '" + carried + "'",
            "alter system set backtrace_functions = '" + carried + "'")) {
      try (Session session = target.asApplication()) {
        answers.add(session.run(set));
        answers.add(session.run(read));
      }
    }
    answers.addAll(target.unbound(read));
    return target.canaryIn(answers);
  }

  private static Verdict functionSetting(Target target) throws SQLException {
    String call = "set_config('backtrace_functions', '" + target.victim().carried() + "', ";
    String notes = target.victim().schema() + ".note";
    List<Answer> answers = new ArrayList<>();
    for (String set :
        List.of(
            "select " + call + "false)",
            "begin; select " + call + "true)",
            "select pg_catalog." + call + "false)")) {
      try (Session session = target.asApplication()) {
        answers.add(session.run(set));
        answers.add(session.run("select body from " + notes));
      }
    }
    return target.canaryIn(answers);
  }

  private static Verdict keyTheft(Target target) throws SQLException {
    List<Answer> answers = new ArrayList<>();
    try (Session session = target.asApplication()) {
      answers.add(
          session.run(
              "select encode(key_id, 'hex'), encode(inner_pad, 'hex'), encode(outer_pad, 'hex')"
                  + " from tenancy.binding_key order by 1 desc limit 1"));
      if (answers.getFirst() instanceof Answer.Rows(var rows) && !rows.isEmpty()) {
        Forgery forgery =
            new Forgery(
                String.valueOf(rows.getFirst().get(0)),
                String.valueOf(rows.getFirst().get(1)),
                String.valueOf(rows.getFirst().get(2)));
        answers.addAll(
            session.all(
                "begin",
                binds(forgery.capability(target.victim().carried())),
                "select body from " + target.victim().schema() + ".note",
                "rollback"));
      }
      answers.addAll(
          session.all(
              "select most_common_vals from pg_stats where tablename = 'binding_key'",
              "select * from pg_statistic",
              "select encode(pg_read_binary_file('base/1/1259'), 'hex')",
              "copy tenancy.binding_key to stdout",
              "create extension pageinspect",
              "select query from pg_stat_activity",
              "update tenancy.binding_key set inner_pad = inner_pad returning inner_pad"));
    }
    return target.canaryIn(answers);
  }

  private static Verdict foreignCapability(Target target) throws SQLException {
    String own = capability(target, target.attacker().scope());
    String victim = hex(target.victim().carried());
    List<String> forged =
        List.of(
            own.substring(0, EXPIRY) + victim,
            MADE_UP + victim,
            own.substring(0, EPOCH) + Forgery.NEVER + victim,
            own.substring(0, MAC) + "0000270f" + own.substring(EPOCH, EXPIRY) + victim,
            own + victim,
            "0".repeat(MAC) + own.substring(MAC, EXPIRY) + victim,
            own.substring(MAC, EXPIRY) + victim,
            victim,
            "");
    List<Answer> answers = new ArrayList<>();
    for (String capability : forged) {
      try (Session session = target.asApplication()) {
        answers.addAll(
            session.all(
                "begin",
                binds(capability),
                "select body from " + target.victim().schema() + ".note"));
      }
    }
    try (Session session = target.asApplication()) {
      answers.addAll(
          session.all(
              "begin",
              binds(own),
              "savepoint own",
              binds(forged.getFirst()),
              "rollback to own",
              "select tenancy.bind(null)",
              "rollback to own",
              "reset backtrace_functions",
              "rollback to own",
              "select body from " + target.victim().schema() + ".note"));
    }
    return target.canaryIn(answers);
  }

  private static Verdict expiredCapability(Target target) throws SQLException {
    target.server().moveClock(Duration.ofMinutes(-10));
    String expired;
    try {
      expired = capability(target, target.victim().scope());
    } finally {
      target.server().moveClock(Duration.ZERO);
    }
    try (Session session = target.asApplication()) {
      return target.canaryIn(
          session.all(
              "begin", binds(expired), "select body from " + target.victim().schema() + ".note"));
    }
  }
}
