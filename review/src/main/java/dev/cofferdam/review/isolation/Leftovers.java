package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Manner;
import java.util.List;
import java.util.Set;

/**
 * ISO-15, what outlives a statement: whatever one tenant leaves in the session of a pooled
 * connection, for the next tenant to trip over or to find. The pool has one connection meanwhile.
 */
public final class Leftovers {
  private static final String APPLICATION = "cofferdam_app";

  private Leftovers() {}

  public static List<Attack> all() {
    return List.of(
        leftover(
            "ISO-15.held-cursor",
            "reads a cursor WITH HOLD that the victim's request left on the connection",
            Leftovers::heldCursor),
        leftover(
            "ISO-15.left-setting",
            "leaves the connection read-only for the next tenant",
            target -> sabotage(target, "set default_transaction_read_only = on", Manner.EACH)),
        leftover(
            "ISO-15.left-setting-by-function",
            "leaves the next tenant a millisecond, set by a function, which has no command tag",
            target ->
                sabotage(
                    target, "select set_config('statement_timeout', '1', false)", Manner.EACH)),
        leftover(
            "ISO-15.left-listener",
            "listens on the connection that the next tenant's requests will use",
            target -> visible(target, "listen trap", "select pg_listening_channels()", "trap")),
        leftover(
            "ISO-15.left-statement",
            "leaves a prepared statement where the next tenant's driver may look for its own",
            target ->
                visible(
                    target,
                    "prepare trap as select 1",
                    "select name from pg_prepared_statements where name = 'trap'",
                    "trap")),
        leftover(
            "ISO-15.left-table",
            "leaves a temporary table that hides the real one from the next tenant",
            target ->
                visible(
                    target,
                    "create temporary table note (body text)",
                    "select relname from pg_class where relname = 'note'"
                        + " and relnamespace = pg_my_temp_schema()",
                    "note")));
  }

  private static Attack leftover(String id, String does, Attack.Assault assault) {
    return new Attack(
        id,
        does,
        Mode.NOISY,
        Set.of(Identity.INJECTION),
        target -> alone(target, assault),
        Target::readsItsOwn);
  }

  private static Verdict alone(Target target, Attack.Assault assault) throws Exception {
    target.server().poolSize(APPLICATION, 1);
    try {
      return assault.run(target);
    } finally {
      target.server().poolSize(APPLICATION, 2);
    }
  }

  private static Verdict heldCursor(Target target) {
    Occupant victim = target.victim();
    List<Answer> left =
        target.inScope(
            victim.scope(),
            Manner.COMMIT,
            "declare held cursor with hold for select body from " + victim.schema() + ".note");
    if (left.getFirst() instanceof Answer.Failed failed) {
      return new Verdict.Inconclusive("the victim cannot hold a cursor: " + failed.readable());
    }
    return target.canaryIn(target.inject(Manner.EACH, "fetch all from held"));
  }

  /** The attacker leaves {@code sql}; then the victim tries to write. */
  private static Verdict sabotage(Target target, String sql, Manner manner) {
    Answer left = target.inject(manner, sql).getFirst();
    Occupant victim = target.victim();
    Answer write =
        target
            .inScope(
                victim.scope(),
                Manner.EACH,
                "update %s.note set title = title where (select count(*) from generate_series(1, 300000)) > 0"
                    .formatted(victim.schema()))
            .getFirst();
    return write instanceof Answer.Failed failed
        ? new Verdict.Succeeded("the victim can no longer write: " + failed.readable())
        : new Verdict.Refused("the victim still writes, after " + left.readable());
  }

  /** The attacker leaves {@code sql}; then something of it is seen in the victim's session. */
  private static Verdict visible(Target target, String sql, String look, String trace) {
    Answer left = target.inject(Manner.EACH, sql).getFirst();
    Answer seen = target.inScope(target.victim().scope(), Manner.EACH, look).getFirst();
    return seen.readable().equals(trace)
        ? new Verdict.Succeeded("the victim's session holds the attacker's `" + trace + "`")
        : new Verdict.Refused(
            "the victim's session holds nothing of it: "
                + left.readable()
                + ", then "
                + Target.summary(List.of(seen)));
  }
}
