package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.attack.Waiting;
import dev.cofferdam.review.web.AskingClient;
import dev.cofferdam.review.web.AskingDevice;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * IDN-14: tokens that last, and sign-ins that are asked for, in the device flow: somebody's word is
 * taken for more than it was, or by more than it was given to.
 */
public final class DeviceTokens {
  /** Longer than a sign-in counts as one of just now. */
  private static final Duration LATER = Duration.ofMinutes(6);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int UNAVAILABLE = 503;

  private DeviceTokens() {}

  public static List<Attack> all() {
    return List.of(
        inside(
            "IDN-14.stale",
            "has somebody make a token that lasts who signed in a while ago",
            DeviceTokens::stale),
        attack(
            "IDN-14.weak",
            "gets a token for what asks for a strong sign-in by the word of a weak session",
            DeviceTokens::weak),
        attack(
            "IDN-14.swapped",
            "asks for a token for little, and fetches one for more",
            DeviceTokens::swapped),
        inside(
            "IDN-14.fetched",
            "fetches a token that was allowed a hundred times at once",
            DeviceTokens::fetched),
        attack(
            "IDN-14.token-stolen",
            "fetches as another client a token that was allowed",
            DeviceTokens::stolen));
  }

  private static Attack attack(String id, String does, Portable.Assault assault) {
    return Attack.restedAmongOwn(
        id, does, Mode.DESTRUCTIVE, Set.of(Identity.NOBODY), assault, DeviceTokens::tokensAreMade);
  }

  /** One that has the server's clock stopped, or its pools made wider. */
  private static Attack inside(String id, String does, Attack.Assault assault) {
    return Attack.rested(
        id,
        does,
        Mode.DESTRUCTIVE,
        Set.of(Identity.NOBODY),
        assault,
        target -> tokensAreMade(target.scene()));
  }

  /** Somebody of the victim's tenant who has signed in just now. */
  private static Browser fresh(Scene scene, Part part) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    return web.freshly(web.resident(tenant, part), tenant);
  }

  private static Reply reading(Web web, String path, Reply made) {
    return web.nobody().bare(Tokens.bearing(Ask.get(path), made.member("access_token")));
  }

  private static Verdict stale(Target target) throws InterruptedException {
    Web web = target.web();
    Browser member = fresh(target.scene(), Part.MEMBER);
    AskingDevice device = AskingDevice.wanting(web.nobody(), "tenant:read");
    target.server().stopClock(Instant.now().plus(LATER));
    // What the server knows of its logs is too old by then, until it has looked again.
    if (!Waiting.within(
        PATIENCE, () -> member.ask(device.typed()).status() != UNAVAILABLE && comesIn(target))) {
      return new Verdict.Inconclusive("the server does not come back after the clock has moved");
    }
    Reply answered = member.ask(device.answered("allow"));
    Reply made = web.nobody().bare(device.redeeming());
    if (made.isDone()) {
      return new Verdict.Succeeded(
          "a token for nine days, by a sign-in of six minutes ago: " + made.brief());
    }
    return Set.of("authorization_pending", "access_denied").contains(made.code())
        ? new Verdict.Refused(answered.brief() + ", and the terminal met " + made.code())
        : new Verdict.Inconclusive(answered.readable() + ", and then " + made.readable());
  }

  /**
   * Whether somebody signs in: what brings them back is good once, so it is no use to ask again.
   */
  private static boolean comesIn(Target target) {
    try {
      return fresh(target.scene(), Part.OWNER).get("/v1/me").isDone();
    } catch (IllegalStateException notRecorded) {
      return false;
    }
  }

  private static Verdict weak(Scene scene) {
    Web web = scene.web();
    Browser member = fresh(scene, Part.MEMBER);
    AskingDevice device =
        AskingDevice.asking(
            web.nobody(),
            AskingDevice.COMMAND_LINE,
            Map.of("scope", "tenant:read", "acr_values", "phishing_resistant"));
    Reply answered = member.ask(device.answered("allow"));
    Reply issued = web.nobody().bare(device.redeeming());
    if (issued.isDone()) {
      return new Verdict.Succeeded("there is a token, and nobody has signed in as it asks");
    }
    return issued.code().equals("authorization_pending")
        ? new Verdict.Refused(answered.brief() + ", and the program goes on waiting")
        : new Verdict.Inconclusive(answered.readable() + ", and then " + issued.readable());
  }

  private static Verdict swapped(Scene scene) {
    Web web = scene.web();
    AskingDevice device = AskingDevice.wanting(web.nobody(), "tenant:read");
    Reply answered = fresh(scene, Part.MEMBER).ask(device.answered("allow"));
    Reply swapped = web.nobody().bare(device.swapping("groups:read"));
    if (swapped.isDone()) {
      return new Verdict.Succeeded("a token for what nobody was shown: " + swapped.brief());
    }
    Reply made = web.nobody().bare(device.redeeming());
    Reply beyond = reading(web, "/v1/groups", made);
    if (beyond.isDone()) {
      return new Verdict.Succeeded("a token for the tenant's name reads its groups");
    }
    return swapped.code().equals("invalid_authorization_details")
            && beyond.code().equals("insufficient_scope")
        ? new Verdict.Refused(swapped.code() + ", and what was allowed is what there is")
        : new Verdict.Inconclusive(
            List.of(answered.brief(), swapped.readable(), made.brief(), beyond.readable())
                .toString());
  }

  private static Verdict fetched(Target target) throws InterruptedException {
    Web web = target.web();
    AskingDevice device = AskingDevice.wanting(web.nobody(), "tenant:read");
    return DevicePhishing.once(
        target, device, fresh(target.scene(), Part.MEMBER).ask(device.answered("allow")));
  }

  private static Verdict stolen(Scene scene) {
    Web web = scene.web();
    AskingClient other = AskingClient.registered(fresh(scene, Part.OWNER), "Of the attacker");
    AskingDevice device = AskingDevice.wanting(web.nobody(), "tenant:read");
    Reply answered = fresh(scene, Part.MEMBER).ask(device.answered("allow"));
    Reply stolen = web.nobody().bare(device.redeeming(other.id()));
    if (stolen.isDone()) {
      return new Verdict.Succeeded("another client was handed the token");
    }
    Reply own = web.nobody().bare(device.redeeming());
    return own.isDone() && stolen.code().equals("invalid_grant")
        ? new Verdict.Refused("another client got nothing, and used nothing up")
        : new Verdict.Inconclusive(
            List.of(answered.brief(), stolen.brief(), own.readable()).toString());
  }

  /** An admin makes a token for a terminal of their own, which reads the tenant. */
  private static String tokensAreMade(Scene scene) {
    Web web = scene.web();
    Browser admin = fresh(scene, Part.ADMIN);
    AskingDevice device = AskingDevice.wanting(web.nobody(), "tenant:read");
    Reply answered = admin.ask(device.answered("allow"));
    Reply made = web.nobody().bare(device.redeeming());
    Reply read = reading(web, "/v1/tenant", made);
    if (!read.text().contains(scene.victim().canary())) {
      throw new IllegalStateException(
          "no terminal is handed a token: "
              + List.of(answered.brief(), made.brief(), read.readable()));
    }
    return "an admin makes a token for a terminal, and it reads the tenant";
  }
}
