package dev.cofferdam.review.audit;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Companion;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.attack.Waiting;
import dev.cofferdam.review.verifier.Judgement;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** AUD-10: an act that is committed, and the server that did it killed before its leaf. */
public final class Losses {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** With the layer out nothing ever comes of it, and the machine is others' too meanwhile. */
  private static final Duration ASKED_AGAIN = Duration.ofMillis(250);

  private static final String RECEIPT = "Cofferdam-Receipt";

  private Losses() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "AUD-10.killed",
            "kills the server after a change was committed and before its record stands in the log",
            Mode.DESTRUCTIVE,
            Set.of(Identity.OPERATOR),
            Losses::killed,
            Evidence::othersAreClean));
  }

  private static Verdict killed(Target target) throws Exception {
    Browser here = target.web().as(target.victim().id(), Part.OWNER);
    String name = "lost-" + UUID.randomUUID();
    Ask ask =
        Ask.of("POST", "/v1/groups")
            .json(Map.of("name", name))
            .with("Idempotency-Key", UUID.randomUUID().toString());
    try (Session superuser = target.asSuperuser()) {
      if (!lost(target, superuser, ask, name)) {
        return new Verdict.Inconclusive(
            "the change was not committed before the server was killed");
      }
      // As a caller does who was not answered: the same again, at the server that is left.
      Reply[] reply = {here.ask(ask)};
      Waiting.within(
          PATIENCE,
          ASKED_AGAIN,
          () -> {
            if (!reply[0].isDone()) {
              reply[0] = here.ask(ask);
            }
            return reply[0].isDone();
          });
      return judged(target, superuser, name, reply[0]);
    }
  }

  /**
   * Has a second server do it and dies with it: the head of the log is held fast, so that its leaf
   * cannot be written meanwhile. Gives whether the change stands.
   */
  private static boolean lost(Target target, Session superuser, Ask ask, String name)
      throws SQLException, InterruptedException {
    Resident owner = target.web().resident(target.victim().id(), Part.OWNER);
    String before = superuser.must("select clock_timestamp()::text").single();
    try (Companion server = target.around().companion().get();
        Browser there = new Browser(server.site(), owner.cookies(), owner.csrf(), () -> {});
        Session holding = target.asSuperuser()) {
      holding.must("begin");
      holding.must(
          "select size from audit.head where tenant_id = '%s' for update"
              .formatted(target.victim().id()));
      Thread asking = Thread.ofVirtual().start(() -> unanswered(there, ask));
      boolean committed = Waiting.within(PATIENCE, () -> groups(superuser, name) > 0);
      server.kill().run();
      asking.join();
      // What the dead one had sent, PostgreSQL would still do once the head is free.
      superuser.must(
          "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and usename like 'cofferdam%%' and backend_start > '%s'"
              .formatted(before));
      holding.must("rollback");
      return committed;
    }
  }

  /** Whatever it is told: it is dead soon. */
  private static void unanswered(Browser there, Ask ask) {
    try {
      there.ask(ask);
    } catch (UncheckedIOException cut) {
      // What is expected.
    }
  }

  private static Verdict judged(Target target, Session superuser, String name, Reply reply)
      throws IOException {
    String record =
        "from audit.leaf where tenant_id = '%s' and convert_from(record, 'UTF8')::json #>> '{object,id}' = (%s)"
            .formatted(
                target.victim().id(),
                "select group_id::text from authz.member_group where name = '" + name + "'");
    long leaves = Long.parseLong(superuser.must("select count(*) " + record).single());
    long groups = groups(superuser, name);
    String told =
        "%d group, %d record of it, and whoever asked again is answered %s"
            .formatted(groups, leaves, reply.brief());
    if (leaves != 1 || groups != 1 || !reply.isDone()) {
      return new Verdict.Succeeded(told);
    }
    Path folder = target.around().scratch();
    Path receipt =
        Files.write(
            folder.resolve("receipt"),
            Base64.getDecoder().decode(reply.field(RECEIPT).orElseThrow()));
    Path leaf =
        Files.write(
            folder.resolve("record"),
            HexFormat.of()
                .parseHex(superuser.must("select encode(record, 'hex') " + record).single()));
    Judgement judgement =
        target
            .around()
            .verifier()
            .verify(
                "--key",
                Evidence.of(target, target.victim()).key(),
                "--receipt",
                receipt.toString(),
                "--record",
                leaf.toString());
    return judgement.isClean()
        ? new Verdict.Refused(told + ", with a receipt that verifies")
        : new Verdict.Succeeded(
            told + ", with a receipt of something else: " + judgement.sentence());
  }

  private static long groups(Session superuser, String name) {
    return Long.parseLong(
        superuser
            .must("select count(*) from authz.member_group where name = '" + name + "'")
            .single());
  }
}
