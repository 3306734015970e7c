package dev.cofferdam.review.keys;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.attack.Waiting;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * OPS-05: what ends for all tenants what nobody can bring back, by one operator alone, by one who
 * has not just proved who they are, and before it can be called back.
 */
public final class Destructions {
  private static final String ALL = "/v1/operator/destructions";
  private static final String REASON = "The review has it destroyed.";
  private static final Duration A_ROUND = Duration.ofSeconds(2);

  /** In seconds; as the route declares it. */
  private static final long MOST_AGE = 300;

  private Destructions() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "OPS-05.own",
            "approves by oneself what one has wished to be destroyed for all tenants",
            Destructions::own),
        attack(
            "OPS-05.stale",
            "approves a destruction as another operator, who signed in too long ago",
            Destructions::stale),
        attack(
            "OPS-05.early",
            "has a destruction done before it can be called back, and calls it back",
            Destructions::early));
  }

  private static Attack attack(String id, String does, Attack.Assault assault) {
    return new Attack(
        id, does, Mode.DESTRUCTIVE, Set.of(Identity.PLATFORM_OPERATOR), assault, Rotations::works);
  }

  /** The ring `column` of every tenant has an older key, which nothing needs. */
  private static void turn(Target target, Session superuser) throws InterruptedException {
    Browser operator = target.web().freshOperator();
    Reply begun = Rotations.rotate(operator, "column");
    if (!begun.isDone() || !Rotations.ends(operator, begun)) {
      throw new IllegalStateException("nothing is rotated: " + begun.readable());
    }
    superuser.must(
        "update keyring.tenant_key set state_since = state_since - interval '1 day' where purpose = 'column' and state = 'verifying_only'");
  }

  private static int older(Target target, Session superuser) {
    return Integer.parseInt(
        superuser
            .must(
                "select max(version) from keyring.tenant_key where tenant_id = '%s' and purpose = 'column' and state = 'verifying_only'"
                    .formatted(target.victim().id()))
            .single());
  }

  private static Reply wished(Browser operator, int version) {
    return operator.ask(
        Ask.of("POST", "/v1/operator/keys/column/" + version + "/destroy-for-all")
            .json(Map.of("reason", REASON, "confirm", "column/" + version)));
  }

  private static Reply say(Browser operator, String word, Reply wished) {
    return operator.ask(
        Ask.of("POST", ALL + "/" + wished.member("id") + "/" + word).json(Map.of()));
  }

  private static Browser second(Target target) {
    return target.web().freshOperator(Web.OPERATORS.getLast());
  }

  private static Verdict own(Target target) throws SQLException, InterruptedException {
    try (Session superuser = target.asSuperuser()) {
      turn(target, superuser);
      Browser operator = target.web().freshOperator();
      Reply wished = wished(operator, older(target, superuser));
      if (!wished.isDone()) {
        return new Verdict.Inconclusive("nothing is wished: " + wished.readable());
      }
      Reply approved = say(operator, "approve", wished);
      if (approved.isDone()) {
        return new Verdict.Succeeded("one operator alone has it destroyed: " + approved.brief());
      }
      Reply other = say(second(target), "approve", wished);
      return other.isDone() || approved.status() == 500
          ? new Verdict.Refused(
              "one's own approval met " + approved.brief() + ", another's " + other.brief())
          : new Verdict.Inconclusive("nobody can approve it: " + other.readable());
    }
  }

  private static Verdict stale(Target target) throws SQLException, InterruptedException {
    try (Session superuser = target.asSuperuser()) {
      turn(target, superuser);
      Reply wished = wished(target.web().freshOperator(), older(target, superuser));
      if (!wished.isDone()) {
        return new Verdict.Inconclusive("nothing is wished: " + wished.readable());
      }
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      target.server().stopClock(now);
      target.server().tokensSay("auth_time=" + (now.getEpochSecond() - MOST_AGE - 1));
      Browser late = second(target);
      target.server().tokensSay();
      Reply approved = say(late, "approve", wished);
      if (approved.isDone()) {
        return new Verdict.Succeeded(
            "whoever comes upon an open browser approves: " + approved.brief());
      }
      return approved.code().equals("insufficient_user_authentication")
          ? new Verdict.Refused("a second too long ago met " + approved.brief())
          : new Verdict.Inconclusive("met " + approved.readable());
    }
  }

  private static Verdict early(Target target) throws SQLException, InterruptedException {
    try (Session superuser = target.asSuperuser()) {
      turn(target, superuser);
      int version = older(target, superuser);
      Browser operator = target.web().freshOperator();
      Reply wished = wished(operator, version);
      Reply approved = say(second(target), "approve", wished);
      if (!approved.isDone()) {
        return new Verdict.Inconclusive("nothing is approved: " + approved.readable());
      }
      // What is turned and ended is looked at in rounds, of which this begins some.
      operator.get("/v1/operator/tenants?limit=1");
      Reply turned = Rotations.rotate(operator, "cursor");
      if (!turned.isDone() || !Rotations.ends(operator, turned)) {
        return new Verdict.Inconclusive("nothing is turned meanwhile: " + turned.readable());
      }
      String state =
          "select state from keyring.tenant_key where tenant_id = '%s' and purpose = 'column' and version = %d"
              .formatted(target.victim().id(), version);
      if (Waiting.within(A_ROUND, () -> superuser.must(state).single().equals("destroyed"))) {
        return new Verdict.Succeeded("the victim's key is gone before anybody could call it back");
      }
      Reply back = say(operator, "withdraw", wished);
      return back.isDone()
          ? new Verdict.Refused("nothing is done of it, and it is called back: " + back.brief())
          : new Verdict.Succeeded("it cannot be called back: " + back.brief());
    }
  }
}
