package dev.cofferdam.review.audit;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** AUD-09: a stranger who asks and asks, so that the platform's log is full or busy. */
public final class Floods {
  private static final int REQUESTS = 240;
  private static final int BETWEEN = 40;
  // One for each kind of refusal, and a few for a window that ends meanwhile.
  private static final long FEW = 8;
  private static final Duration LONG = Duration.ofSeconds(5);

  private Floods() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "AUD-09.strangers",
            "asks hundreds of times without a session, until it is refused for that too",
            Mode.NOISY,
            Set.of(Identity.NOBODY),
            Floods::strangers,
            Floods::anotherLogGrows));
  }

  private static Verdict strangers(Target target) throws IOException, SQLException {
    long before = refusals(target);
    Map<String, Integer> answers = new TreeMap<>();
    long slowest = 0;
    Ask ask = Ask.get("/v1/me").with("Host", target.web().site().authority());
    Line line = target.web().line();
    for (int n = 0; n < REQUESTS; n++) {
      if (!line.isOpen()) {
        line.close();
        line = target.web().line();
      }
      answers.merge(line.ask(ask).brief(), 1, Integer::sum);
      if (n % BETWEEN == 0) {
        slowest = Math.max(slowest, denied(target).nanos());
      }
    }
    line.close();
    target.server().closeWindow();
    long recorded = refusals(target) - before;
    String told =
        "%d requests: %s; %d records of them; a record of another tenant took %d ms at most"
            .formatted(REQUESTS, answers, recorded, Duration.ofNanos(slowest).toMillis());
    if (recorded > FEW || slowest > LONG.toNanos()) {
      return new Verdict.Succeeded(told);
    }
    return recorded > 0
        ? new Verdict.Refused(told)
        : new Verdict.Inconclusive("nothing was recorded at all: " + told);
  }

  private static long refusals(Target target) throws SQLException {
    try (Session session = target.asSuperuser()) {
      return Long.parseLong(
          session
              .must(
                  """
                  select count(*) from audit.platform_leaf
                   where convert_from(record, 'UTF8') like '{"action":"request.refused"%'
                  """)
              .single());
    }
  }

  /** A denial in another tenant, which is answered when its record stands. */
  private static Reply denied(Target target) {
    Browser owner = target.web().as(target.victim().id(), Part.OWNER);
    return owner.ask(Ask.get("/v1/groups/" + UUID.randomUUID()));
  }

  private static String anotherLogGrows(Target target) {
    Reply reply = denied(target);
    if (!reply.code().equals("not_found")) {
      throw new IllegalStateException("another tenant is answered " + reply.brief());
    }
    return "another tenant's denial is recorded and answered";
  }
}
