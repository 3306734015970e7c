package dev.cofferdam.review.operations;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.ChannelRefusedException;
import dev.cofferdam.review.wire.Manner;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * OPS-01, ISO-10, ISO-11 and the guard of KEY-03: a database that was changed behind the server's
 * back, or by a change that passed review. Each succeeds when the start checks let it pass and the
 * harm can be seen.
 */
public final class Starts {
  private Starts() {}

  public static List<Attack> all() {
    return List.of(
        start(
            "OPS-01.behind",
            "starts on a database that lacks a migration",
            Identity.OPERATOR,
            "delete from notes.schema_history where version = '1'"),
        start(
            "OPS-01.ahead",
            "starts on a database that a newer server has migrated",
            Identity.OPERATOR,
            """
            insert into notes.schema_history
            select installed_rank + 1, '99', 'from the future', type, 'V99__from_the_future.sql', 1,
                   installed_by, installed_on, execution_time, true
              from notes.schema_history order by installed_rank desc limit 1
            """),
        start(
            "OPS-01.edited",
            "starts on a database whose migration was edited after it was applied",
            Identity.OPERATOR,
            "update notes.schema_history set checksum = checksum + 1 where version = '1'"),
        start(
            "KEY-03.plaintext-column",
            "adds a column for a secret in clear",
            Identity.DEVELOPER,
            "alter table notes.entry add column api_token text"),
        harmful(
            "ISO-10.unguarded-table",
            "adds a table of tenants' rows, without row security",
            """
            create table notes.webhook (tenant_id uuid not null, body text not null);
            alter table notes.webhook owner to cofferdam_owner;
            insert into notes.webhook values ('${victim}', '${canary}');
            grant select on notes.webhook to cofferdam_app
            """,
            "select body from notes.webhook"),
        harmful(
            "ISO-10.weak-policy",
            "loosens the policy of a table while it works on something else",
            "alter policy scope on notes.comment using (tenant_id is not null)",
            "select body from notes.comment"),
        harmful(
            "ISO-10.unforced-table",
            "leaves row security off after a migration of its rows",
            "alter table notes.entry disable row level security",
            "select body from notes.entry"),
        harmful(
            "ISO-11.careless-function",
            "adds a function with the owner's rights that everybody may call",
            """
            create function notes.search(words text) returns setof text
            language plpgsql security definer set backtrace_functions = 'x_review' as $$
            begin
              return query select body from notes.note where body like '%' || words || '%';
            end $$;
            alter function notes.search(text) owner to cofferdam_owner;
            grant execute on function notes.search(text) to public
            """,
            "select notes.search('')"));
  }

  private static Attack start(String id, String does, Identity who, String change) {
    return new Attack(
        id,
        does,
        Mode.DESTRUCTIVE,
        Set.of(who),
        target -> {
          plant(target, change);
          return started(target, "with: " + change.strip().lines().findFirst().orElse(""));
        },
        Target::readsItsOwn);
  }

  private static void plant(Target target, String change) throws SQLException {
    // Before the change the checks must pass, or a refusal would say nothing about it.
    target.server().startCheck();
    try (Session session = target.asSuperuser()) {
      session.must(change);
    }
  }

  private static Verdict started(Target target, String harm) {
    try {
      target.server().startCheck();
    } catch (ChannelRefusedException refused) {
      return new Verdict.Refused(refused.readable());
    }
    return new Verdict.Succeeded("the server starts " + harm);
  }

  /** For changes whose harm a tenant can see: the victim's canary comes through {@code read}. */
  static Attack harmful(String id, String does, String change, String read) {
    return new Attack(
        id,
        does,
        Mode.DESTRUCTIVE,
        Set.of(Identity.DEVELOPER),
        target -> {
          plant(
              target,
              change
                  .replace("${canary}", target.victim().canary())
                  .replace("${victim}", target.victim().id().toString()));
          Verdict verdict = started(target, "with it");
          return verdict instanceof Verdict.Succeeded
              ? target.canaryIn(target.inject(Manner.EACH, read))
              : verdict;
        },
        Target::readsItsOwn);
  }
}
