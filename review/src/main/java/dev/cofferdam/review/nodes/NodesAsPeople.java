package dev.cofferdam.review.nodes;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** STP-01 by a machine: nobody can step up behind it, so nothing that takes a person is its. */
public final class NodesAsPeople {
  private static final List<Ask> FOR_PEOPLE =
      List.of(
          Ask.get("/v1/sessions"),
          Ask.get("/v1/client-grants"),
          Ask.of("POST", "/v1/groups").json(Map.of("name", "of a node")),
          Ask.of("POST", "/v1/bootstrap-tokens").json(Map.of("name", "another")),
          Ask.of("POST", "/v1/tokens")
              .json(
                  Map.of(
                      "label",
                      "of a node",
                      "scopes",
                      List.of("tenant:read"),
                      "expires_in_days",
                      1)));

  private NodesAsPeople() {}

  public static List<Attack> all() {
    return List.of(
        Attack.amongOwn(
            "STP-01.node",
            "does as a node what asks for a sign-in of just now, or for a person",
            Mode.DESTRUCTIVE,
            Set.of(Identity.NODE),
            NodesAsPeople::asPerson,
            NodesAsPeople::nodesGetTokens));
  }

  private static NodeSession node(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.attacker().id();
    Browser admin = web.as(tenant, Part.ADMIN);
    Machine machine = Machine.registered(admin, web.nobody(), "attacking " + UUID.randomUUID());
    return new NodeSession(web.nobody(), machine.id(), machine.key());
  }

  private static Verdict asPerson(Scene scene) {
    NodeSession node = node(scene);
    String token = node.token().member("access_token");
    Set<String> met = new TreeSet<>();
    for (Ask ask : FOR_PEOPLE) {
      Reply reply = node.ask(ask, token);
      if (reply.isDone()) {
        return new Verdict.Succeeded("as a node: " + ask + " met " + reply.brief());
      }
      // What takes a role says first that a node has none.
      if (!Set.of("person_required", "forbidden").contains(reply.code())) {
        return new Verdict.Inconclusive(ask + " met " + reply.readable());
      }
      met.add(reply.code());
    }
    return new Verdict.Refused("what is for people met " + met);
  }

  /** The probe: a node's key is good for a token. */
  private static String nodesGetTokens(Scene scene) {
    Reply reply = node(scene).token();
    if (!reply.isDone()) {
      throw new IllegalStateException("no node gets a token: " + reply.readable());
    }
    return "a node gets a token by its key";
  }
}
