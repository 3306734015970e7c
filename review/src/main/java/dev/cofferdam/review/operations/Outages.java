package dev.cofferdam.review.operations;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** OPS-06: the database goes away under a server that people use, and comes back. */
public final class Outages {
  private static final List<String> ROLES = List.of("cofferdam_app", "cofferdam_ops");
  private static final Duration IMPATIENT = Duration.ofMillis(300);
  private static final Duration USUAL = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Set<String> DEGRADED =
      Set.of("unavailable", "audit_unavailable", "receipt_pending");

  /** What a cause is told by. */
  private static final Pattern CAUSE =
      Pattern.compile(
          "(?i)exception|postgres|jdbc|hikari|connection|database|clone_|FATAL|timeout|127\\.0\\.0\\.1:");

  private Outages() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "OPS-06.codes",
            "looks for a code that nobody documented while the database is away",
            Outages::undocumented),
        attack(
            "OPS-06.causes",
            "looks for what is the matter while the database is away",
            Outages::caused));
  }

  private static Attack attack(
      String id, String does, Function<Map<Ask, Reply>, List<String>> harm) {
    return new Attack(
        id,
        does,
        Mode.DESTRUCTIVE,
        Set.of(Identity.OWNER),
        target -> played(target, harm),
        Outages::works);
  }

  private static Verdict played(Target target, Function<Map<Ask, Reply>, List<String>> harm)
      throws SQLException, InterruptedException {
    works(target);
    ROLES.forEach(role -> target.server().poolWait(role, IMPATIENT));
    Map<Ask, Reply> replies;
    try (Session superuser = target.asSuperuserBeside()) {
      try {
        connections(superuser, target, false);
        replies = asked(target);
      } finally {
        connections(superuser, target, true);
      }
    } finally {
      ROLES.forEach(role -> target.server().poolWait(role, USUAL));
    }
    List<String> found = harm.apply(replies);
    if (!found.isEmpty()) {
      return new Verdict.Succeeded("while the database was away: " + found.getFirst());
    }
    if (!isBack(target)) {
      return new Verdict.Succeeded("the database is back, and the server has to be restarted");
    }
    return new Verdict.Refused(
        "while the database was away: " + replies.values() + ", and afterwards it goes on");
  }

  /** Lets nobody in, and sends away whoever is there; or lets them in again. */
  private static void connections(Session superuser, Target target, boolean allowed)
      throws SQLException {
    superuser.must("alter database " + target.database() + " allow_connections " + allowed);
    if (!allowed) {
      superuser.must(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
              + target.database()
              + "'");
    }
  }

  private static Browser owner(Target target) {
    return target.web().as(target.attacker().id(), Part.OWNER);
  }

  private static Map<Ask, Reply> asked(Target target) throws InterruptedException {
    // Longer than anything is remembered without asking.
    Thread.sleep(1100);
    Browser owner = owner(target);
    Map<Ask, Reply> replies = new LinkedHashMap<>();
    for (Ask ask :
        List.of(
            Ask.get("/v1/tenant"),
            Ask.get("/readyz"),
            Ask.of("POST", "/v1/groups").json(Map.of("name", "away")))) {
      replies.put(ask, owner.ask(ask));
    }
    // Whoever shows a session is told before anything else asks the database.
    Ask stranger = Ask.get("/sign-in");
    replies.put(stranger, target.web().nobody().ask(stranger));
    return replies;
  }

  private static List<String> undocumented(Map<Ask, Reply> replies) {
    List<String> found = new ArrayList<>();
    replies.forEach(
        (ask, reply) -> {
          boolean probe = ask.target().equals("/readyz");
          boolean documented =
              reply.status() == 503
                  && (probe
                      || DEGRADED.contains(reply.code()) && reply.field("Retry-After").isPresent());
          if (!documented) {
            found.add(ask + " met " + reply.brief());
          }
        });
    return found;
  }

  private static List<String> caused(Map<Ask, Reply> replies) {
    List<String> found = new ArrayList<>();
    replies.forEach(
        (ask, reply) -> {
          String readable =
              reply.readable().replaceAll("(?m)^(Connection|Content-Security-Policy): .*$", "");
          var cause = CAUSE.matcher(readable);
          if (cause.find()) {
            found.add(ask + " was told of `" + cause.group() + "`");
          }
        });
    return found;
  }

  private static boolean isBack(Target target) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (owner(target).get("/v1/tenant").status() != 200) {
      if (System.nanoTime() > until) {
        return false;
      }
      Thread.sleep(50);
    }
    return true;
  }

  private static String works(Target target) {
    Reply reply = owner(target).get("/v1/tenant");
    if (reply.status() != 200) {
      throw new IllegalStateException("the attacker's own tenant is not answered: " + reply);
    }
    return "the attacker's own tenant is answered";
  }
}
