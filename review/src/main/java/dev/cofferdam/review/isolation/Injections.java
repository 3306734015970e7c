package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Manner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * ISO-02: text that a careless statement takes for SQL, in the server's own pool and in the
 * attacker's own scope. The careless statement stands for every route there will ever be.
 */
public final class Injections {
  private Injections() {}

  public static List<Attack> all() {
    return List.of(
        injected(
            "ISO-02.union",
            "ends the string of a search, and stacks, unions or comments its way to other rows",
            Injections::union),
        injected(
            "ISO-02.error-text",
            "has a value of another tenant quoted in the text of an error",
            Injections::errorText),
        injected(
            "ISO-02.write",
            "inserts, moves, changes, deletes and merges rows under another tenant's id",
            Injections::write));
  }

  private static Attack injected(String id, String does, Attack.Assault assault) {
    return new Attack(
        id, does, Mode.NOISY, Set.of(Identity.INJECTION), assault, Target::readsItsOwn);
  }

  /** The careless statement. */
  private static String search(Target target, String input) {
    return "select title from %s.note where title like '%%%s%%' order by title"
        .formatted(target.attacker().schema(), input);
  }

  private static Verdict union(Target target) {
    String notes = target.victim().schema() + ".note";
    return target.canaryIn(
        target.inject(
            Manner.EACH,
            search(target, "' or 1=1 --"),
            search(target, "' union select body from " + notes + " --"),
            search(target, "' union all select n::text from " + notes + " n /* ") + " */",
            search(target, "' union select string_agg(body, ',') from " + notes + " --"),
            search(target, "' union select to_jsonb(n)::text from only " + notes + " n --"),
            search(target, "' union select body from notes.entry --"),
            search(target, "' union select body from notes.comment --"),
            search(target, "' union select body from notes.bookmark --"),
            search(target, "' union select body from notes.bulletin --"),
            search(target, "'; select body from " + notes + " --"),
            search(
                target,
                "'; commit; begin; set local backtrace_functions = '"
                    + target.victim().carried()
                    + "'; select body from "
                    + notes
                    + " --"),
            "set local backtrace_functions = '" + target.victim().carried() + "'",
            "do $$ begin set local backtrace_functions = '"
                + target.victim().carried()
                + "'; end $$",
            "with recursive r as (select body from " + notes + " union select body from r) table r",
            "select (select body from "
                + notes
                + " where tenant_id <> t.tenant_id limit 1) from "
                + notes
                + " t",
            "select body from " + notes + " tablesample system (100)",
            "copy (select body from " + notes + ") to stdout"));
  }

  private static Verdict errorText(Target target) {
    String notes = target.victim().schema() + ".note";
    String other = " where tenant_id <> '" + target.attacker().id() + "'";
    return target.canaryIn(
        target.inject(
            Manner.EACH,
            "select body::integer from " + notes + other,
            "select body::uuid from " + notes + other,
            "select body::jsonb from " + notes + other,
            "select 1 / (length(body) - length(body)) from " + notes + other,
            "insert into %s.comment select tenant_id, id, id, body from %s %s"
                .formatted(target.attacker().schema(), notes, other)));
  }

  private static Verdict write(Target target) {
    String notes = target.victim().schema() + ".note";
    String victim = target.victim().id().toString();
    String canary = target.victim().canary();
    List<Answer> answers =
        new ArrayList<>(
            target.inject(
                Manner.EACH,
                "insert into " + notes + " values ('" + victim + "', gen_random_uuid(), 'x', 'x')",
                "update " + notes + " set tenant_id = '" + victim + "'",
                "update " + notes + " set body = 'x' where tenant_id = '" + victim + "'",
                "merge into %s n using (select '%s'::uuid as t) s on n.tenant_id = s.t when matched then delete"
                    .formatted(notes, victim),
                "delete from " + notes + " where tenant_id <> '" + target.attacker().id() + "'"));
    String left =
        target
            .inScope(target.victim().scope(), Manner.EACH, "select body from " + notes)
            .getFirst()
            .readable();
    if (!left.equals(canary)) {
      return new Verdict.Succeeded(
          "the victim's rows are `" + left + "` now: " + Target.summary(answers));
    }
    return new Verdict.Refused("the victim's rows are whole: " + Target.summary(answers));
  }
}
