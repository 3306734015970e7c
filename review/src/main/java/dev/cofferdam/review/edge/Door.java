package dev.cofferdam.review.edge;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.Set;

/** What attacks on the door have in common. */
final class Door {
  private Door() {}

  /** By somebody without a cookie. */
  static Attack byNobody(String id, String does, Attack.Assault assault) {
    return new Attack(id, does, Mode.SAFE, Set.of(Identity.NOBODY), assault, Door::isAlive);
  }

  /** By somebody who has signed up, and has a tenant of their own. */
  static Attack byOwner(String id, String does, Mode mode, Attack.Assault assault) {
    return new Attack(id, does, mode, Set.of(Identity.OWNER), assault, Door::answersItsOwner);
  }

  /** By whoever sets the server up. */
  static Attack byOperator(String id, String does, Attack.Assault assault) {
    return new Attack(id, does, Mode.SAFE, Set.of(Identity.OPERATOR), assault, Door::isAlive);
  }

  static String isAlive(Target target) {
    Reply reply = target.web().nobody().get("/livez");
    if (reply.status() != 200) {
      throw new IllegalStateException("the server is not alive: " + reply.brief());
    }
    return "the server is alive";
  }

  private static String answersItsOwner(Target target) {
    Reply reply = target.web().as(target.attacker().id(), Part.OWNER).ask(Ask.get("/v1/tenant"));
    if (reply.status() != 200) {
      throw new IllegalStateException("the attacker's own tenant is not answered: " + reply);
    }
    return "the attacker's own tenant is answered";
  }
}
