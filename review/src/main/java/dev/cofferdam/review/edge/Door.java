package dev.cofferdam.review.edge;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
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

  /** The same, on a server in use too. */
  static Attack byNobodyAnywhere(String id, String does, Portable.Assault assault) {
    return Attack.portable(
        id,
        does,
        Mode.SAFE,
        Set.of(Identity.NOBODY),
        new Portable(assault, scene -> isAlive(scene.web())));
  }

  /** By somebody who has signed up, on a server in use too. */
  static Attack byOwnerAnywhere(String id, String does, Portable.Assault assault) {
    return Attack.portable(
        id, does, Mode.SAFE, Set.of(Identity.OWNER), new Portable(assault, Door::answersItsOwner));
  }

  /** By somebody who has signed up, and has a tenant of their own. */
  static Attack byOwner(String id, String does, Mode mode, Attack.Assault assault) {
    return new Attack(
        id, does, mode, Set.of(Identity.OWNER), assault, target -> answersItsOwner(target.scene()));
  }

  /** By whoever sets the server up. */
  static Attack byOperator(String id, String does, Attack.Assault assault) {
    return new Attack(id, does, Mode.SAFE, Set.of(Identity.OPERATOR), assault, Door::isAlive);
  }

  static String isAlive(Target target) {
    return isAlive(target.web());
  }

  private static String isAlive(Web web) {
    Reply reply = web.nobody().get("/livez");
    if (reply.status() != 200) {
      throw new IllegalStateException("the server is not alive: " + reply.brief());
    }
    return "the server is alive";
  }

  private static String answersItsOwner(Scene scene) {
    Reply reply = scene.web().as(scene.attacker().id(), Part.OWNER).ask(Ask.get("/v1/tenant"));
    if (reply.status() != 200) {
      throw new IllegalStateException("the attacker's own tenant is not answered: " + reply);
    }
    return "the attacker's own tenant is answered";
  }
}
