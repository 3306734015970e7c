package dev.cofferdam.review.secrets;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Companion;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.attack.Waiting;
import dev.cofferdam.review.keys.Rotations;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** KEY-02: a rotation whose server is killed half way, while nodes and people go on. */
public final class CutOffRotations {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** How often nodes and people come meanwhile: the machine is also the rotation's. */
  private static final Duration EACH = Duration.ofMillis(250);

  private static final List<String> WHOLE =
      List.of("rotation.begin", "rotation.resumed", "rotation.ended");

  private CutOffRotations() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "KEY-02.killed",
            "kills the server half way through a rotation, while nodes read and people write",
            Mode.DESTRUCTIVE,
            Set.of(Identity.OPERATOR, Identity.PLATFORM_OPERATOR),
            CutOffRotations::killed,
            Rotations::works));
  }

  private static Verdict killed(Target target)
      throws IOException, SQLException, InterruptedException {
    Browser operator = target.web().freshOperator();
    // So that there is a ring `cursor`, which is turned too later on.
    operator.get("/v1/operator/tenants?limit=1");
    Customs customs = Customs.of(target);
    try (Session superuser = target.asSuperuser()) {
      String run = cutOff(target, superuser, operator, customs);
      if (run.isEmpty()) {
        return new Verdict.Inconclusive("no server was killed half way");
      }
      if (left(superuser, target) == 0) {
        return new Verdict.Inconclusive("nothing lay under the older key when it was killed");
      }
      // As if the time had gone by for which a server that says nothing is thought to be at work.
      superuser.must(
          "update rotation.run set held_until = held_until - interval '10 seconds' where run_id = '%s'"
              .formatted(run));
      // Begins a round of what is turned.
      Rotations.rotate(operator, "cursor");
      boolean over =
          Waiting.within(
              PATIENCE,
              EACH,
              () -> {
                customs.go();
                return isOver(superuser, run);
              });
      return judged(target, superuser, run, over, customs);
    }
  }

  /**
   * Has a second server rotate the ring `data`, and kills it while the last of the victim's values
   * is held fast: by then others are under the next key.
   *
   * @return the rotation; empty when it was not half way
   */
  private static String cutOff(Target target, Session superuser, Browser operator, Customs customs)
      throws SQLException, InterruptedException {
    try (Companion server = target.around().companion().get();
        Browser there = new Browser(server.site(), operator.cookies(), null, () -> {});
        Session holding = target.asSuperuser()) {
      holding.must("begin");
      holding.must(
          """
          select version from secrets.secret_version
           where tenant_id = '%s' order by secret_id desc, version limit 1 for update
          """
              .formatted(target.victim().id()));
      Reply begun = Rotations.rotate(there, "data");
      if (!begun.isDone()) {
        throw new IllegalStateException("nothing is rotated: " + begun.readable());
      }
      BooleanSupplier halfWay = () -> moved(superuser, target) > 0 && isWaiting(superuser);
      boolean met =
          Waiting.within(
              PATIENCE,
              EACH,
              () -> {
                customs.go();
                return halfWay.getAsBoolean();
              });
      server.kill().run();
      // What the dead one had sent, PostgreSQL would still do once the value is free.
      superuser.must("select pg_terminate_backend(pid, 5000) from (%s) w".formatted(WAITING));
      holding.must("rollback");
      return met ? begun.member("id") : "";
    }
  }

  private static final String WAITING =
      """
      select pid from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like '%secret_version set data_key_id%'
      """;

  private static boolean isWaiting(Session superuser) {
    return count(superuser, "select count(*) from (%s) w".formatted(WAITING)) > 0;
  }

  private static long left(Session superuser, Target target) {
    return under(superuser, target, "verifying_only");
  }

  private static long moved(Session superuser, Target target) {
    return left(superuser, target) == 0 ? 0 : under(superuser, target, "active");
  }

  /** How many of the victim's values lie under a key in that state. */
  private static long under(Session superuser, Target target, String state) {
    return count(
        superuser,
        """
        select count(*) from secrets.secret_version v
          join keyring.tenant_key k on k.tenant_id = v.tenant_id and k.key_id = v.data_key_id
         where v.tenant_id = '%s' and k.state = '%s'
        """
            .formatted(target.victim().id(), state));
  }

  private static boolean isOver(Session superuser, String run) {
    return count(
            superuser,
            "select count(*) from rotation.run where ended_at is not null and run_id = '%s'"
                .formatted(run))
        == 1;
  }

  private static long count(Session superuser, String query) {
    return Long.parseLong(superuser.must(query).single());
  }

  private static Verdict judged(
      Target target, Session superuser, String run, boolean over, Customs customs) {
    if (!customs.failures().isEmpty()) {
      return new Verdict.Succeeded("people and nodes were refused: " + customs.failures());
    }
    if (!over) {
      return new Verdict.Succeeded(
          "the rotation is cut off for good: " + left(superuser, target) + " values wait for it");
    }
    if (left(superuser, target) > 0) {
      return new Verdict.Succeeded("it has ended, and not everything is under the next key");
    }
    List<String> said = Rotations.said(superuser, run);
    return said.equals(WHOLE)
        ? new Verdict.Refused(
            "another server went on with it, %s were answered, and the log says %s"
                .formatted(customs.answered(), said))
        : new Verdict.Succeeded("of a rotation that was cut off the log says " + said);
  }

  /** What nodes and people do meanwhile, at the server that is left. */
  private static final class Customs {
    private final Target target;
    private final Secret read;
    private final Workload node;
    private final List<String> failures = new ArrayList<>();
    private int answered;

    private Customs(Target target, Secret read, Workload node) {
      this.target = target;
      this.read = read;
      this.node = node;
    }

    static Customs of(Target target) throws IOException {
      Web web = target.web();
      Secret read = Secret.lastOf(web, target.victim().id());
      Workload node = Workload.of(web, target.victim().id(), "reader " + UUID.randomUUID());
      read.grantTo(web, node);
      return new Customs(target, read, node);
    }

    /** One read and one write. */
    void go() {
      try {
        target.web().rest();
        Reply given = node.ask(read.read());
        count(
            given.isDone()
                && node.opens(node.address(read, 1), given.body(), target.victim().canary()),
            "reading",
            given);
        Secret made = Secret.made(target.web(), read, "meanwhile-" + UUID.randomUUID());
        Reply again = node.ask(made.read());
        count(again.isDone(), "what was just written", again);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void count(boolean met, String what, Reply reply) {
      answered += met ? 1 : 0;
      if (!met) {
        failures.add(what + " met " + reply.readable());
      }
    }

    List<String> failures() {
      return List.copyOf(failures);
    }

    String answered() {
      return answered + " reads";
    }
  }
}
