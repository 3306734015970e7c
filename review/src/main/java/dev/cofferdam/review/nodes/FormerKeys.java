package dev.cofferdam.review.nodes;

import dev.cofferdam.protocol.jose.NodeStatement;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** NOD-02 and SEC-02: keys that were a node's, and go on being shown. */
public final class FormerKeys {
  /** A second, and what a busy machine takes for the last look. */
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  private FormerKeys() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "NOD-02.exchanged",
            "goes on with a token that is bound to a key which the node has exchanged",
            FormerKeys::exchanged),
        attack(
            "NOD-02.revoked",
            "goes on with a token of a node that was revoked",
            FormerKeys::revoked),
        attack(
            "NOD-02.revoked-anew",
            "asks for a new token as a node that was revoked",
            FormerKeys::revokedAnew),
        attack(
            "SEC-02.revoked-node",
            "reads a secret as a node that was revoked, with a token of before",
            FormerKeys::readsOn));
  }

  private static Attack attack(String id, String does, Portable.Assault assault) {
    return Attack.restedAmongOwn(
        id, does, Mode.DESTRUCTIVE, Set.of(Identity.NODE), assault, FormerKeys::nodesAreAnswered);
  }

  private static Browser admin(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    return web.as(tenant, Part.ADMIN);
  }

  private static Verdict exchanged(Scene scene) {
    Browser nobody = scene.web().nobody();
    Machine machine = Machine.registered(admin(scene), nobody, "press " + UUID.randomUUID());
    NodeSession before = new NodeSession(nobody, machine.id(), machine.key());
    String token = token(before);
    Machine next = new Machine();
    Reply changed =
        before.ask(
            Ask.of("POST", "/v1/node/keys")
                .json(
                    Map.of(
                        "statement",
                        NodeStatement.change(
                            next.key(),
                            next.receiving(),
                            machine.id().toString(),
                            machine.key().jwk().thumbprint(),
                            nobody.site().origin(),
                            Instant.now().getEpochSecond()))),
            token);
    return changed.isDone()
        ? untilRefused(before, token)
        : new Verdict.Inconclusive("the keys are not exchanged: " + changed.readable());
  }

  private static Verdict revoked(Scene scene) {
    Browser admin = admin(scene);
    Browser nobody = scene.web().nobody();
    Machine machine = Machine.registered(admin, nobody, "press " + UUID.randomUUID());
    NodeSession session = new NodeSession(nobody, machine.id(), machine.key());
    String token = token(session);
    Reply known = session.ask(Ask.get("/v1/node"), token);
    if (!known.isDone()) {
      return new Verdict.Inconclusive("it is not known before: " + known.readable());
    }
    admin.ask(Ask.of("DELETE", "/v1/nodes/" + machine.id()));
    return untilRefused(session, token);
  }

  private static Verdict untilRefused(NodeSession session, String token) {
    long began = System.nanoTime();
    while (true) {
      Reply reply = session.ask(Ask.get("/v1/node"), token);
      if (isNobodys(reply)) {
        return new Verdict.Refused(reply.brief());
      }
      if (System.nanoTime() - began > PATIENCE_NANOS) {
        return reply.isDone() || reply.code().equals("not_found")
            ? new Verdict.Succeeded("known by a key that is nobody's: " + reply.brief())
            : new Verdict.Inconclusive("met " + reply.readable());
      }
    }
  }

  /**
   * And no proof that came twice, since a connection ended under it: that says nothing of a node.
   */
  private static boolean isNobodys(Reply reply) {
    return reply.status() == 401 && !reply.code().equals("invalid_dpop_proof");
  }

  private static Verdict readsOn(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    Browser nobody = web.nobody();
    Machine machine = Machine.registered(admin(scene), nobody, "press " + UUID.randomUUID());
    String project = web.things(tenant).first("project");
    String secret = web.things(tenant).first("secret");
    Browser owner = web.as(web.resident(tenant, Part.OWNER));
    String path = "/v1/projects/" + project + "/secrets/" + secret;
    String tag = owner.ask(Ask.get(path)).field("ETag").orElseThrow();
    owner.ask(
        Ask.of("PUT", path + "/value")
            .with("If-Match", tag)
            .text("application/octet-stream", scene.victim().canary()));
    owner.ask(
        Ask.of("PUT", "/v1/projects/" + project + "/grants/node/" + machine.id())
            .json(Map.of("relation", "reader")));
    NodeSession session = new NodeSession(nobody, machine.id(), machine.key());
    String token = token(session);
    Ask read = Ask.get("/v1/secrets/" + project + "/" + secret);
    Reply before = session.ask(read, token);
    if (!before.isDone()) {
      return new Verdict.Inconclusive("it reads nothing before: " + before.readable());
    }
    owner.ask(Ask.of("DELETE", "/v1/nodes/" + machine.id()));
    long began = System.nanoTime();
    while (true) {
      Reply reply = session.ask(read, token);
      if (isNobodys(reply) || reply.status() == 404) {
        return new Verdict.Refused(reply.brief());
      }
      if (System.nanoTime() - began > PATIENCE_NANOS) {
        return reply.isDone()
            ? new Verdict.Succeeded("a node that is none reads on: " + reply.brief())
            : new Verdict.Inconclusive("met " + reply.readable());
      }
    }
  }

  private static Verdict revokedAnew(Scene scene) {
    Browser admin = admin(scene);
    Browser nobody = scene.web().nobody();
    Machine machine = Machine.registered(admin, nobody, "press " + UUID.randomUUID());
    NodeSession session = new NodeSession(nobody, machine.id(), machine.key());
    token(session);
    admin.ask(Ask.of("DELETE", "/v1/nodes/" + machine.id()));
    Reply reply = session.token();
    if (reply.isDone()) {
      return new Verdict.Succeeded("a revoked node gets a token: " + reply.brief());
    }
    return reply.code().equals("invalid_client")
        ? new Verdict.Refused(reply.brief())
        : new Verdict.Inconclusive("met " + reply.readable());
  }

  private static String token(NodeSession session) {
    Reply reply = session.token();
    if (!reply.isDone()) {
      throw new IllegalStateException("no node gets a token: " + reply.readable());
    }
    return reply.member("access_token");
  }

  /** The probe: a node with its own key is known. */
  private static String nodesAreAnswered(Scene scene) {
    Browser nobody = scene.web().nobody();
    Machine machine = Machine.registered(admin(scene), nobody, "rightful " + UUID.randomUUID());
    NodeSession session = new NodeSession(nobody, machine.id(), machine.key());
    Reply reply = session.ask(Ask.get("/v1/node"), token(session));
    if (!reply.isDone()) {
      throw new IllegalStateException("nor is a node known that is one: " + reply.readable());
    }
    return "a node is known by its key";
  }
}
