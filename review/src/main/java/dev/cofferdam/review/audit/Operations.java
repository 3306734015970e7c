package dev.cofferdam.review.audit;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * AUD-07: whatever the server can be asked to do, and whatever it can ask its database, in search
 * of something that edits or removes a record.
 */
public final class Operations {
  private static final Pattern OF_LOGS =
      Pattern.compile("audit|record|receipt|checkpoint|/log|history|tile");
  private static final Set<String> CHANGING = Set.of("PUT", "PATCH", "DELETE");

  /** By the type of an argument: the victim's log first of all. */
  private static final Map<String, String> ARGUMENTS =
      Map.ofEntries(
          Map.entry("uuid", "'${id}'"),
          Map.entry("uuid[]", "array['${id}']::uuid[]"),
          Map.entry("text", "'x'"),
          Map.entry("text[]", "array['x']"),
          Map.entry("bytea", "'\\x00'::bytea"),
          Map.entry("bytea[]", "array['\\x00'::bytea]"),
          Map.entry("integer", "1000"),
          Map.entry("integer[]", "array[1]"),
          Map.entry("bigint", "1::bigint"),
          Map.entry("bigint[]", "array[1::bigint]"),
          Map.entry("boolean", "true"),
          Map.entry("jsonb", "'{}'::jsonb"),
          Map.entry("inet", "'127.0.0.1'::inet"),
          Map.entry("timestamp with time zone", "now()"));

  private Operations() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "AUD-07.any-operation",
            "calls everything that the server may call, and looks for a route that edits or deletes",
            Mode.DESTRUCTIVE,
            Set.of(Identity.OPERATOR),
            Operations::anyOperation,
            Evidence::othersAreClean));
  }

  private static Verdict anyOperation(Target target) throws SQLException {
    for (Route route : target.web().routes()) {
      if (CHANGING.contains(route.method())
          && OF_LOGS.matcher(route.path().toLowerCase(Locale.ROOT)).find()) {
        return new Verdict.Succeeded("there is a route " + route.method() + " " + route.path());
      }
    }
    int called = 0;
    List<String> uncallable = new ArrayList<>();
    try (Session session = target.asSuperuser()) {
      String record =
          session
              .must(
                  "select record_id from audit.leaf where tenant_id = '%s' and leaf_index = 40"
                      .formatted(target.victim().id()))
              .single();
      for (List<@Nullable String> function : functions(session)) {
        String role = String.valueOf(function.get(0));
        String call =
            call(target, String.valueOf(function.get(1)), String.valueOf(function.get(2)), record);
        if (call.isEmpty()) {
          uncallable.add(String.valueOf(function.get(1)));
          continue;
        }
        called++;
        String changed = changed(target, session, role, call);
        if (!changed.isEmpty()) {
          return new Verdict.Succeeded("`" + call + "` as " + role + ": " + changed);
        }
      }
    }
    return uncallable.isEmpty() && called > 0
        ? new Verdict.Refused(
            called + " functions called, and no record changed; no route edits or deletes one")
        : new Verdict.Inconclusive("called " + called + ", cannot call " + uncallable);
  }

  /** Role, name and argument types of each function that the server's roles may call. */
  private static List<List<@Nullable String>> functions(Session session) {
    Answer answer =
        session.must(
            """
            select r.rolname, p.oid::regproc::text,
                   coalesce((select string_agg(format_type(t, null), ';' order by n)
                               from unnest(p.proargtypes) with ordinality a (t, n)), '')
              from pg_proc p join pg_namespace s on s.oid = p.pronamespace
              cross join (values ('cofferdam_app'), ('cofferdam_ops')) r (rolname)
             where s.nspname not in ('pg_catalog', 'information_schema') and p.prorettype <> 'trigger'::regtype
               and p.prorettype <> 'event_trigger'::regtype
               and has_function_privilege(r.rolname, p.oid, 'execute')
               and has_schema_privilege(r.rolname, s.oid, 'usage')
               and p.oid::regproc::text <> 'tenancy.bind'
             order by 1, 2
            """);
    return answer instanceof Answer.Rows(var rows) ? rows : List.of();
  }

  private static String call(Target target, String name, String types, String record) {
    List<String> of = types.isEmpty() ? List.of() : Arrays.asList(types.split(";"));
    if (!ARGUMENTS.keySet().containsAll(of)) {
      return "";
    }
    boolean[] first = {true};
    return "select %s(%s)"
        .formatted(
            name,
            of.stream()
                .map(
                    type -> {
                      String id = first[0] ? target.victim().id().toString() : record;
                      first[0] = first[0] && !type.startsWith("uuid");
                      return String.valueOf(ARGUMENTS.get(type)).replace("${id}", id);
                    })
                .collect(Collectors.joining(", ")));
  }

  /** What is not as it was in the victim's log, after a call that is then undone; or nothing. */
  private static String changed(Target target, Session session, String role, String call) {
    String scope = role.equals("cofferdam_ops") ? "platform audit" : target.victim().scope();
    String sum =
        """
        select count(*) || ' ' || coalesce(sum(hashtextextended(record_id || encode(record, 'hex') || leaf_hash::text, 0)), 0)
          from audit.leaf where tenant_id = '%s'
        """
            .formatted(target.victim().id());
    session.must("begin");
    String before = session.must(sum).single();
    session.must("savepoint called");
    session.must("set local role " + role);
    session.must("select tenancy.bind('\\x" + target.server().capability(scope) + "')");
    Answer answer = session.run(call);
    if (answer instanceof Answer.Failed) {
      session.must("rollback to savepoint called");
    }
    session.must("reset role");
    String after = session.must(sum).single();
    session.must("rollback");
    return before.equals(after) ? "" : "records and their sum were " + before + " and are " + after;
  }
}
