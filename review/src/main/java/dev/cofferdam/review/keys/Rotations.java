package dev.cofferdam.review.keys;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.attack.Waiting;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Trail;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** KEY-01 and KEY-02: what else a rotation touches, and what the log says of it. */
public final class Rotations {
  private static final String KEYS = "/v1/operator/keys";
  private static final String RUNS = "/v1/operator/rotations";
  private static final String REASON = "The review turns it.";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Rotations() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "KEY-01.collateral",
            "rotates one purpose, ends the older key at once, and looks for what else has ended",
            Rotations::collateral),
        attack(
            "KEY-01.unseen",
            "rotates on the preview of another purpose, and on one that is out of date",
            Rotations::unseen),
        attack(
            "KEY-01.needed",
            "destroys a key under which something lies that no module told of",
            Rotations::needed),
        attack(
            "KEY-01.members",
            "turns and ends keys as anybody in a tenant, and as nobody",
            Rotations::asMembers),
        attack(
            "KEY-02.records",
            "rotates, and looks for what the platform's log does not say of it",
            Rotations::records));
  }

  private static Attack attack(String id, String does, Attack.Assault assault) {
    return new Attack(
        id, does, Mode.DESTRUCTIVE, Set.of(Identity.PLATFORM_OPERATOR), assault, Rotations::works);
  }

  private static String preview(String purpose) {
    return KEYS + "/" + purpose + "/preview";
  }

  private static Ask rotating(String purpose, String seen) {
    return Ask.of("POST", KEYS + "/" + purpose + "/rotate")
        .with("If-Match", seen)
        .json(Map.of("reason", REASON));
  }

  /** Begins a rotation of the purpose's rings as an operator does who has seen what it will do. */
  public static Reply rotate(Browser operator, String purpose) {
    Reply seen = operator.get(preview(purpose));
    return operator.ask(rotating(purpose, seen.field("ETag").orElse("\"-\"")));
  }

  private static Ask ending(String act, String purpose, int version, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("reason", REASON);
    body.put("confirm", purpose + "/" + version);
    return Ask.of("POST", KEYS + "/" + purpose + "/" + version + "/" + act).json(body);
  }

  /** Whether the rotation is over in a while. */
  public static boolean ends(Browser operator, Reply begun) throws InterruptedException {
    return Waiting.within(
        PATIENCE,
        () -> !operator.get(RUNS + "/" + begun.member("id")).member("ended_at").isEmpty());
  }

  /** The ring `cursor` is used first, so that there is one. */
  private static void page(Browser operator) {
    operator.get("/v1/operator/tenants?limit=1");
  }

  private static Verdict collateral(Target target) throws SQLException, InterruptedException {
    Browser operator = target.web().freshOperator();
    Browser owner = target.web().as(target.victim().id(), Part.OWNER);
    page(operator);
    try (Session superuser = target.asSuperuser()) {
      String before = otherRings(superuser);
      Reply begun = rotate(operator, "cursor");
      if (!begun.isDone() || !ends(operator, begun)) {
        return new Verdict.Inconclusive("nothing is rotated: " + begun.readable());
      }
      int older =
          Integer.parseInt(
              superuser
                  .must(
                      "select max(version) from keyring.platform_key where purpose = 'cursor' and state = 'verifying_only'")
                  .single());
      Reply ended = operator.ask(ending("retire", "cursor", older, Map.of()));
      String after = otherRings(superuser);
      if (!after.equals(before)) {
        return new Verdict.Succeeded(
            "turning the ring `cursor` moved others: " + before + " became " + after);
      }
      Reply read = owner.get("/v1/groups");
      Reply written =
          owner.ask(
              Ask.of("POST", "/v1/groups").json(Map.of("name", "after " + UUID.randomUUID())));
      if (!ended.isDone()) {
        return new Verdict.Inconclusive("the older key cannot be ended: " + ended.readable());
      }
      return read.isDone() && written.isDone()
          ? new Verdict.Refused("no other ring was moved, and people go on as before")
          : new Verdict.Succeeded(
              "people are refused: " + read.brief() + " and " + written.brief());
    }
  }

  private static String otherRings(Session superuser) {
    return superuser
        .must(
            """
            select string_agg(purpose || ' ' || version || ' ' || state, ', ' order by purpose, version)
              from (select purpose, version, state from keyring.platform_key where purpose <> 'cursor'
                    union all
                    select purpose || ' of ' || tenant_id || ' ' || holder_id, version, state from keyring.tenant_key) k
            """)
        .single();
  }

  private static Verdict unseen(Target target) throws SQLException, InterruptedException {
    Browser operator = target.web().freshOperator();
    page(operator);
    String other = operator.get(preview("platform-column")).field("ETag").orElse("");
    String first = operator.get(preview("cursor")).field("ETag").orElse("");
    Reply begun = operator.ask(rotating("cursor", first));
    if (!begun.isDone() || !ends(operator, begun)) {
      return new Verdict.Inconclusive("nothing is rotated at all: " + begun.readable());
    }
    List<String> met = new ArrayList<>();
    for (String seen : List.of(other, first)) {
      Reply reply = operator.ask(rotating("cursor", seen));
      if (reply.isDone()) {
        return new Verdict.Succeeded("a rotation begins that nobody saw: " + reply.brief());
      }
      if (!reply.code().equals("precondition_failed")) {
        return new Verdict.Inconclusive("an older preview met " + reply.readable());
      }
      met.add(reply.brief());
    }
    return new Verdict.Refused("what was not seen as it is met " + met);
  }

  private static Verdict needed(Target target) throws SQLException, InterruptedException {
    AtRest.Sealed sealed = AtRest.seal(target);
    Browser operator = target.web().freshOperator();
    Reply begun = rotate(operator, "column");
    if (!begun.isDone() || !ends(operator, begun)) {
      return new Verdict.Inconclusive("nothing is rotated: " + begun.readable());
    }
    try (Session superuser = target.asSuperuser()) {
      String whose =
          "from keyring.tenant_key where tenant_id = '%s' and purpose = 'column' and state = 'verifying_only'"
              .formatted(target.victim().id());
      int older = Integer.parseInt(superuser.must("select max(version) " + whose).single());
      superuser.must(
          "update keyring.tenant_key set state_since = state_since - interval '1 day' where tenant_id = '%s' and purpose = 'column' and version = %d"
              .formatted(target.victim().id(), older));
      Reply reply =
          operator.ask(
              ending("destroy", "column", older, Map.of("tenant_id", target.victim().id())));
      if (reply.isDone() || !AtRest.opens(target, target.victim().scope(), sealed.cell(), sealed)) {
        return new Verdict.Succeeded("the key is gone, and what lay under it: " + reply.brief());
      }
      String told = operator.get(KEYS + "?tenant=" + target.victim().id()).text();
      return reply.code().equals("conflict") && told.contains(sealed.cell().column())
          ? new Verdict.Refused("met " + reply.brief() + ", and the list says what needs the key")
          : new Verdict.Inconclusive("met " + reply.readable() + "; listed " + told);
    }
  }

  private static Verdict asMembers(Target target) throws SQLException {
    Browser operator = target.web().freshOperator();
    page(operator);
    String seen = operator.get(preview("cursor")).field("ETag").orElse("");
    List<Ask> asks =
        List.of(
            Ask.get(KEYS),
            Ask.get(preview("cursor")),
            Ask.get(RUNS),
            Ask.get(RUNS + "/" + new UUID(0, 1)),
            Ask.get("/v1/operator/destructions"),
            Ask.get("/v1/operator/destructions/" + new UUID(0, 1)),
            Ask.of("POST", "/v1/operator/destructions/" + new UUID(0, 1) + "/approve")
                .json(Map.of()),
            Ask.of("POST", "/v1/operator/destructions/" + new UUID(0, 1) + "/withdraw")
                .json(Map.of()),
            Ask.of("POST", KEYS + "/column/1/destroy-for-all")
                .json(Map.of("reason", REASON, "confirm", "column/1")),
            rotating("cursor", seen),
            ending("retire", "cursor", 1, Map.of()),
            ending("destroy", "cursor", 1, Map.of()));
    List<String> met = new ArrayList<>();
    try (Session superuser = target.asSuperuser()) {
      String before = superuser.must("select count(*) from rotation.run").single();
      for (Ask ask : asks) {
        for (Browser who :
            List.of(
                target.web().as(target.attacker().id(), Part.OWNER),
                target.web().as(target.attacker().id(), Part.ADMIN),
                target.web().as(target.attacker().id(), Part.MEMBER),
                target.web().nobody())) {
          Reply reply = who.ask(ask);
          if (reply.isDone()) {
            return new Verdict.Succeeded(ask + " met " + reply.brief());
          }
          met.add(reply.code());
        }
      }
      String after = superuser.must("select count(*) from rotation.run").single();
      return after.equals(before)
          ? new Verdict.Refused(met.size() + " requests met " + Set.copyOf(met))
          : new Verdict.Succeeded("after refusals alone there is a rotation");
    }
  }

  /** What the logs say of a rotation, in the order in which it was said. */
  public static List<String> said(Session superuser, String run) {
    return Trail.of(superuser).all().stream()
        .filter(record -> record.object() != null && run.equals(record.object().id()))
        .map(AuditRecord::action)
        .toList();
  }

  private static Verdict records(Target target) throws SQLException, InterruptedException {
    Browser operator = target.web().freshOperator();
    page(operator);
    Reply begun = rotate(operator, "cursor");
    if (!begun.isDone() || !ends(operator, begun)) {
      return new Verdict.Inconclusive("nothing is rotated: " + begun.readable());
    }
    try (Session superuser = target.asSuperuser()) {
      List<String> said = said(superuser, begun.member("id"));
      return said.equals(List.of("rotation.begin", "rotation.ended"))
          ? new Verdict.Refused("the platform's log says " + said + ", with a receipt")
          : new Verdict.Succeeded("of a rotation that is over the log says " + said);
    }
  }

  /** The probe: an operator sees the rings, and the victim's people work. */
  public static String works(Target target) {
    Reply rings = target.web().freshOperator().get(KEYS);
    Reply groups = target.web().as(target.victim().id(), Part.OWNER).get("/v1/groups");
    if (!rings.isDone() || !groups.isDone()) {
      throw new IllegalStateException(
          "nothing works: " + rings.readable() + " and " + groups.readable());
    }
    return "operators see the rings, and people work";
  }
}
