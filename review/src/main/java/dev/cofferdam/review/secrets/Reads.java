package dev.cofferdam.review.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.protocol.crypto.Kem;
import dev.cofferdam.protocol.secret.SecretAddress;
import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.nodes.Machine;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Manner;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** SEC-01 to SEC-05 and KEY-05: what a node is given that should get nothing, or nothing else. */
public final class Reads {
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;

  /** More than a node's own quota and the budget over all have room for. */
  private static final int FLOOD = 600;

  /** What a layer that binds gives when it is out. */
  private static final byte[] BOUND_TO_NOTHING = {1};

  private static final List<String> LOCKED =
      List.of("begin", "lock table audit.head, audit.platform_head in access exclusive mode");

  private static final String NO_TROUBLE =
      "create or replace function public.trouble() returns trigger language plpgsql as 'begin return new; end'";

  private Reads() {}

  public static List<Attack> all() {
    return List.of(
        inside(
            "SEC-01.locked",
            "reads a secret while somebody holds the log, so that nothing can be recorded",
            Mode.DESTRUCTIVE,
            target -> unrecorded(target, LOCKED, "rollback")),
        inside(
            "SEC-01.full",
            "reads a secret while the disk has no room for a record",
            Mode.DESTRUCTIVE,
            target ->
                unrecorded(
                    target,
                    troubled(
                        "trigger trouble before insert on audit.leaf",
                        "raise exception using errcode = '53100'"),
                    NO_TROUBLE)),
        inside(
            "SEC-01.hung",
            "reads a secret while the commit of a record hangs",
            Mode.DESTRUCTIVE,
            target ->
                unrecorded(
                    target,
                    troubled(
                        "constraint trigger trouble after insert on audit.leaf deferrable initially deferred",
                        "perform pg_sleep(3)"),
                    NO_TROUBLE)),
        inside(
            "SEC-01.mirror",
            "takes the mirror of the logs away, and reads a secret",
            Mode.DESTRUCTIVE,
            Set.of(Identity.MIRROR_FILES, Identity.NODE),
            Reads::unmirrored),
        attack(
            "SEC-02.ungranted",
            "reads a secret as a node without a relation, as one of another tenant, and as people",
            Reads::ungranted),
        inside("SEC-03.flood", "asks as one node without end", Mode.NOISY, Reads::flood),
        attack(
            "SEC-04.cached", "looks for an answer that something between may keep", Reads::cached),
        attack(
            "SEC-05.other-node",
            "passes a copied answer off as one for another node or tenant",
            Reads::otherNode),
        attack(
            "SEC-05.other-secret",
            "passes a copied answer off as another secret, version or project",
            Reads::otherSecret),
        inside(
            "SEC-05.downgraded",
            "puts a weaker key of its own in the place of a node's, by SQL in the server",
            Mode.DESTRUCTIVE,
            Set.of(Identity.INJECTION, Identity.NODE),
            Reads::downgraded),
        inside(
            "KEY-05.moved-value",
            "moves the value of a secret to another one that its node may read",
            Mode.DESTRUCTIVE,
            Set.of(Identity.ROW_EDITOR, Identity.NODE),
            Reads::movedValue));
  }

  private static Attack attack(String id, String does, Portable.Assault assault) {
    return Attack.amongOwn(id, does, Mode.NOISY, Set.of(Identity.NODE), assault, Reads::reads);
  }

  /** One that has the server or its database in trouble, or meets a limit. */
  private static Attack inside(String id, String does, Mode mode, Attack.Assault assault) {
    return inside(id, does, mode, Set.of(Identity.NODE), assault);
  }

  private static Attack inside(
      String id, String does, Mode mode, Set<Identity> needs, Attack.Assault assault) {
    return new Attack(id, does, mode, needs, assault, target -> reads(target.scene()));
  }

  private static UUID tenant(Scene scene) {
    return scene.victim().id();
  }

  private static Workload granted(Scene scene, Secret secret) throws IOException {
    Workload node = Workload.of(scene.web(), tenant(scene), "reader " + UUID.randomUUID());
    secret.grantTo(scene.web(), node);
    return node;
  }

  /** The probe: a node that may gets it, and opens it. */
  private static String reads(Scene scene) throws IOException {
    Web web = scene.web();
    web.rest();
    Secret secret = Secret.lastOf(web, tenant(scene));
    Workload node = granted(scene, secret);
    Reply reply = node.ask(secret.read());
    if (!isGiven(node, secret, reply, scene)) {
      throw new IllegalStateException("a node that may gets nothing: " + reply.readable());
    }
    return "a node that may reads, and opens what it gets";
  }

  private static boolean isGiven(Workload node, Secret secret, Reply reply, Scene scene) {
    return reply.isDone()
        && node.opens(node.address(secret, 1), reply.body(), scene.victim().canary());
  }

  /** What befalls each record that is to be written, from now on. */
  private static List<String> troubled(String trigger, String what) {
    return List.of(
        "create function public.trouble() returns trigger language plpgsql as $$ begin %s; return new; end $$"
            .formatted(what),
        "create %s for each row execute function public.trouble()".formatted(trigger));
  }

  private static Verdict unrecorded(Target target, List<String> trouble, String end)
      throws IOException, SQLException {
    Secret secret = Secret.firstOf(target.web(), tenant(target.scene()));
    Workload node = granted(target.scene(), secret);
    // Once before, so that what was sealed for it is there.
    Reply before = node.ask(secret.read());
    if (!isGiven(node, secret, before, target.scene())) {
      return new Verdict.Inconclusive("nothing to begin with: " + before.readable());
    }
    Reply reply;
    try (Session holding = target.asSuperuser()) {
      trouble.forEach(holding::must);
      reply = node.ask(secret.read());
      holding.must(end);
    }
    return judged(target, node, secret, reply, "and there is no record of it");
  }

  /** It is there again before the probe, which it is needed for. */
  private static Verdict unmirrored(Target target) throws IOException {
    Secret secret = Secret.firstOf(target.web(), tenant(target.scene()));
    Workload node = granted(target.scene(), secret);
    Reply before = node.ask(secret.read());
    if (!isGiven(node, secret, before, target.scene())) {
      return new Verdict.Inconclusive("nothing to begin with: " + before.readable());
    }
    target.server().auditRound();
    Path mirror = target.around().mirror();
    Path taken = Files.move(mirror, mirror.resolveSibling(mirror.getFileName() + "-taken"));
    Reply reply;
    try {
      target.server().auditRound();
      reply = node.ask(secret.read());
    } finally {
      Files.move(taken, mirror);
    }
    target.server().auditRound();
    return judged(target, node, secret, reply, "and its record is nowhere but in the database");
  }

  private static Verdict judged(
      Target target, Workload node, Secret secret, Reply reply, String otherwise) {
    if (reply.isDone()) {
      return new Verdict.Succeeded(
          isGiven(node, secret, reply, target.scene())
              ? "the secret left, " + otherwise
              : "something left: " + reply.brief() + ", " + otherwise);
    }
    return reply.status() == UNAVAILABLE
            && reply.code().equals("audit_unavailable")
            && reply.field("Cofferdam-Key-Id").isEmpty()
        ? new Verdict.Refused(reply.brief())
        : new Verdict.Inconclusive("met " + reply.readable());
  }

  private static Verdict ungranted(Scene scene) throws IOException {
    Web web = scene.web();
    Secret secret = Secret.firstOf(web, tenant(scene));
    Workload stranger = Workload.of(web, tenant(scene), "stranger " + UUID.randomUUID());
    Reply reply = stranger.ask(secret.read());
    if (isGiven(stranger, secret, reply, scene)) {
      return new Verdict.Succeeded("a node without any relation opened the secret");
    }
    Workload foreign = Workload.of(web, scene.attacker().id(), "foreign " + UUID.randomUUID());
    List<Reply> nothing = new ArrayList<>(List.of(reply, foreign.ask(secret.read())));
    Reply missing = stranger.ask(Ask.get("/v1/secrets/" + UUID.randomUUID() + "/missing"));
    for (Reply one : nothing) {
      if (one.status() != NOT_FOUND || !said(one).equals(said(missing))) {
        return new Verdict.Inconclusive("not as for what is missing: " + one.readable());
      }
    }
    for (Part part : List.of(Part.OWNER, Part.MEMBER, Part.AUDITOR)) {
      Reply asPerson = web.as(tenant(scene), part).ask(secret.read());
      if (asPerson.isDone()) {
        return new Verdict.Succeeded(part + " got an answer: " + asPerson.brief());
      }
      if (asPerson.status() != FORBIDDEN) {
        return new Verdict.Inconclusive("met " + asPerson.readable());
      }
    }
    return new Verdict.Refused("404 as for what is missing, and 403 for people");
  }

  private static String said(Reply problem) {
    return problem.text().replaceAll("\"request_id\":\"[^\"]*\"", "");
  }

  /** With a version that cannot be, which is counted and costs the server nothing else. */
  private static Verdict flood(Target target) throws IOException {
    Web web = target.web();
    Secret secret = Secret.firstOf(web, tenant(target.scene()));
    Workload node = Workload.of(web, tenant(target.scene()), "greedy " + UUID.randomUUID());
    web.rest();
    Ask asked = secret.read().at(secret.read().target() + "?version=0");
    Line line = web.line();
    try {
      for (int n = 1; n <= FLOOD; n++) {
        if (!line.isOpen()) {
          line = web.line();
        }
        Reply reply = line.ask(node.shown(asked));
        if (reply.status() == TOO_MANY) {
          return reply.field("Retry-After").isPresent()
              ? new Verdict.Refused("after " + n + " requests " + reply.brief())
              : new Verdict.Inconclusive("no Retry-After: " + reply.readable());
        }
      }
    } finally {
      line.close();
    }
    return new Verdict.Succeeded(FLOOD + " requests of one node were answered");
  }

  private static Verdict cached(Scene scene) throws IOException {
    Secret secret = Secret.firstOf(scene.web(), tenant(scene));
    Workload node = granted(scene, secret);
    Reply reply = node.ask(secret.read());
    if (!isGiven(node, secret, reply, scene)) {
      return new Verdict.Inconclusive("nothing to be kept: " + reply.readable());
    }
    Optional<String> kept = reply.field("Cache-Control").filter(text -> text.equals("no-store"));
    if (kept.isEmpty() || reply.field("ETag").isPresent()) {
      return new Verdict.Succeeded("whatever is between may keep it: " + reply.fields());
    }
    return reply.field("Cofferdam-Key-Id").equals(Optional.of(node.keyId()))
            && reply.field("Cofferdam-Secret-Version").equals(Optional.of("1"))
        ? new Verdict.Refused("no-store, for one key and one version")
        : new Verdict.Inconclusive("of which key and version? " + reply.fields());
  }

  private static Verdict otherNode(Scene scene) throws IOException {
    Secret secret = Secret.firstOf(scene.web(), tenant(scene));
    Workload node = granted(scene, secret);
    byte[] copied = node.ask(secret.read()).body();
    SecretAddress own = node.address(secret, 1);
    String canary = scene.victim().canary();
    UUID other = UUID.randomUUID();
    for (SecretAddress elsewhere :
        List.of(
            new SecretAddress(own.tenant(), other, own.keyId(), own.project(), own.name(), 1),
            new SecretAddress(other, own.node(), own.keyId(), own.project(), own.name(), 1),
            new SecretAddress(
                own.tenant(),
                own.node(),
                Workload.of(scene.web(), tenant(scene), "other " + other).keyId(),
                own.project(),
                own.name(),
                1))) {
      if (node.opens(elsewhere, copied, canary)) {
        return new Verdict.Succeeded("opened as if it were for " + elsewhere);
      }
    }
    return node.opens(BOUND_TO_NOTHING, asWhat(own), copied, canary)
        ? new Verdict.Succeeded("opened by whoever has the key, whomever it is for")
        : opened(node, own, copied, canary);
  }

  private static Verdict otherSecret(Scene scene) throws IOException {
    Web web = scene.web();
    Secret secret = Secret.firstOf(web, tenant(scene));
    Workload node = granted(scene, secret);
    byte[] copied = node.ask(secret.read()).body();
    SecretAddress own = node.address(secret, 1);
    String canary = scene.victim().canary();
    for (SecretAddress elsewhere :
        List.of(
            node.address(Secret.secondOf(web, tenant(scene)), 1),
            node.address(secret, 2),
            new SecretAddress(
                own.tenant(), own.node(), own.keyId(), UUID.randomUUID(), own.name(), 1),
            new SecretAddress(
                own.tenant(),
                own.node(),
                own.keyId(),
                own.project(),
                new SecretName("other"),
                1))) {
      if (node.opens(elsewhere, copied, canary)) {
        return new Verdict.Succeeded("opened as " + elsewhere);
      }
    }
    return node.opens(forWhom(own), BOUND_TO_NOTHING, copied, canary)
        ? new Verdict.Succeeded("opened whatever it is asked for as")
        : opened(node, own, copied, canary);
  }

  /** Of X-Wing, which lasts, is made X25519, of which the attacker has the other half. */
  private static Verdict downgraded(Target target) throws IOException {
    Secret secret = Secret.firstOf(target.web(), tenant(target.scene()));
    Workload node =
        Workload.of(
            target.web(),
            tenant(target.scene()),
            "lasting " + UUID.randomUUID(),
            new Machine(Kem.X_WING));
    secret.grantTo(target.web(), node);
    Reply before = node.ask(secret.read());
    if (!isGiven(node, secret, before, target.scene())) {
      return new Verdict.Inconclusive("nothing to begin with: " + before.readable());
    }
    Machine mine = new Machine();
    String met =
        Target.summary(
            target.inScope(
                target.victim().scope(),
                Manner.EACH,
                """
                update nodes.node
                   set receiving_algorithm = 'x25519', receiving_public = decode('%s', 'hex'), receiving_id = '%s'
                 where tenant_id = '%s' and node_id = '%s'
                """
                    .formatted(
                        HexFormat.of().formatHex(mine.publicKey()),
                        mine.receiving().thumbprint(),
                        tenant(target.scene()),
                        node.id())));
    Reply after = node.ask(secret.read());
    SecretAddress own = node.address(secret, 1);
    SecretAddress diverted =
        new SecretAddress(
            own.tenant(),
            own.node(),
            mine.receiving().thumbprint(),
            own.project(),
            own.name(),
            own.version());
    if (after.isDone() && Workload.opens(mine, diverted, after.body(), target.victim().canary())) {
      return new Verdict.Succeeded("what goes to the node opens with a key of the attacker's");
    }
    return isGiven(node, secret, after, target.scene())
        ? new Verdict.Refused(met + ", and it goes on being sealed to the node's own key")
        : new Verdict.Inconclusive("met " + after.readable());
  }

  private static Verdict opened(Workload node, SecretAddress own, byte[] copied, String canary) {
    return node.opens(own, copied, canary)
        ? new Verdict.Refused("opens as what it is, for whom it is, and not otherwise")
        : new Verdict.Inconclusive("does not open at all");
  }

  /** As docs/design/protocol.md says. */
  private static byte[] forWhom(SecretAddress own) {
    return ("cofferdam/1/secret/" + own.tenant() + "/" + own.node() + "/" + own.keyId())
        .getBytes(US_ASCII);
  }

  private static byte[] asWhat(SecretAddress own) {
    return (own.project() + "/" + own.name() + "/" + own.version()).getBytes(US_ASCII);
  }

  private static Verdict movedValue(Target target) throws IOException, SQLException {
    Web web = target.web();
    Secret secret = Secret.firstOf(web, tenant(target.scene()));
    Workload node = granted(target.scene(), secret);
    String moved = "of the first, " + UUID.randomUUID();
    Secret other = Secret.secondOf(web, tenant(target.scene()));
    secret.put(web, moved);
    other.put(web, "of the second");
    try (Session superuser = target.asSuperuser()) {
      superuser.must(
          """
          update secrets.secret_version v
             set value_sealed = f.value_sealed, data_key_id = f.data_key_id
            from secrets.secret_version f, secrets.secret s, secrets.secret o
           where s.tenant_id = '%1$s' and o.tenant_id = '%1$s' and v.tenant_id = '%1$s' and f.tenant_id = '%1$s'
             and s.name = '%2$s' and o.name = '%3$s' and f.secret_id = s.secret_id
             and v.secret_id = o.secret_id and v.version = 2 and f.version = 2
          """
              .formatted(tenant(target.scene()), secret.name(), other.name()));
    }
    Reply reply = node.ask(other.read());
    if (reply.isDone()) {
      return node.opens(node.address(other, 2), reply.body(), moved)
          ? new Verdict.Succeeded("the moved value was given as the other secret's")
          : new Verdict.Inconclusive("something else was given: " + reply.readable());
    }
    return reply.code().equals("internal")
        ? new Verdict.Refused(reply.brief())
        : new Verdict.Inconclusive("met " + reply.readable());
  }
}
