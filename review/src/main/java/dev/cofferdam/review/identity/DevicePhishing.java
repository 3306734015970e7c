package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.AskingClient;
import dev.cofferdam.review.web.AskingDevice;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Crowd;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** IDN-14: somebody who has a program of theirs ask for a code, and wants another to let it act. */
public final class DevicePhishing {
  private static final int AT_ONCE = 100;
  private static final int TOO_MANY = 429;
  private static final String OPS = "cofferdam_ops";
  private static final int SEVERAL = 6;
  private static final int USUAL = 2;

  /** More than one person may type, and less than the budget over all classes has room for. */
  private static final int GUESSES = 60;

  /** As many of one person as the limit on one has room for. */
  private static final int EACH = 9;

  private static final String HOSTILE = "https://elsewhere.example";

  private DevicePhishing() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "IDN-14.link",
            "sends somebody a link with the code in it, and has another site press the buttons",
            Identity.NOBODY,
            DevicePhishing::link),
        attack(
            "IDN-14.posing",
            "asks as a program that everybody knows, and has somebody look at the page",
            Identity.NOBODY,
            DevicePhishing::posing),
        inside(
            "IDN-14.guess",
            "guesses the codes that others' programs show",
            Identity.MEMBER,
            DevicePhishing::guess),
        inside(
            "IDN-14.guess-many",
            "guesses with everybody of a tenant, each within their own limit",
            Identity.MEMBER,
            DevicePhishing::guessMany),
        attack(
            "IDN-14.stolen",
            "redeems somebody else's device code as another client",
            Identity.OWNER,
            DevicePhishing::stolen),
        inside(
            "IDN-14.many",
            "redeems one device code a hundred times at once",
            Identity.NOBODY,
            DevicePhishing::many),
        attack(
            "IDN-14.turned",
            "allows for themselves what another has said no to",
            Identity.MEMBER,
            DevicePhishing::turned));
  }

  private static Attack attack(String id, String does, Identity who, Portable.Assault assault) {
    return Attack.restedAmongOwn(
        id, does, Mode.DESTRUCTIVE, Set.of(who), assault, DevicePhishing::peopleStillType);
  }

  /** One that meets a limit that others need too, or has the server's pools made wider. */
  private static Attack inside(String id, String does, Identity who, Attack.Assault assault) {
    return Attack.rested(
        id,
        does,
        Mode.DESTRUCTIVE,
        Set.of(who),
        assault,
        target -> peopleStillType(target.scene()));
  }

  private static AskingDevice device(Web web) {
    return AskingDevice.asking(web.nobody(), AskingDevice.COMMAND_LINE);
  }

  private static Verdict link(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    AskingDevice device = device(web);
    if (device.told().member("verification_uri_complete").contains(device.code())
        || device.told().member("verification_uri").contains(device.code())) {
      return new Verdict.Succeeded("the server gives out a link with the code in it");
    }
    Browser member = web.as(tenant, Part.MEMBER);
    for (String name : List.of("user_code", "code")) {
      Reply page = member.get("/device?" + name + "=" + device.code());
      if (page.text().contains(device.code())) {
        return new Verdict.Succeeded("a page has the code in it that nobody has typed");
      }
    }
    for (Ask sent :
        List.of(device.answered("allow"), device.answered("allow").with("Origin", HOSTILE))) {
      Reply reply = member.bare(sent);
      Reply polled = web.nobody().bare(device.redeeming());
      if (polled.isDone()) {
        return new Verdict.Succeeded("a program got tokens that nobody was asked about");
      }
      if (reply.isDone() || !Set.of("authorization_pending", "slow_down").contains(polled.code())) {
        return new Verdict.Inconclusive(reply.brief() + ", and then " + polled.readable());
      }
    }
    return new Verdict.Refused(
        "whoever allows something has typed a code on a page of this server");
  }

  /** The page has to tell a program that shows nothing but a name from one that shows a key. */
  private static Verdict posing(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    Reply page = web.as(tenant, Part.MEMBER).ask(device(web).typed());
    if (page.status() != 200) {
      return new Verdict.Inconclusive("nobody sees who asks: " + page.readable());
    }
    String text = page.text();
    if (text.contains("shown its key") || !text.contains("nobody but itself")) {
      return new Verdict.Succeeded("the page vouches for a program that has only said a name");
    }
    for (String shown :
        List.of("Cofferdam command line", "127.0.0.1", "<time ", "name and state")) {
      if (!text.contains(shown)) {
        return new Verdict.Succeeded("the page does not say `" + shown + "`");
      }
    }
    return new Verdict.Refused(
        "it says which program, on whose word, from where, when and for what");
  }

  private static Verdict guess(Target target) throws IOException {
    Browser member = target.web().as(target.attacker().id(), Part.MEMBER);
    List<Ask> asks = new ArrayList<>();
    for (int n = 0; n < GUESSES; n++) {
      asks.add(member.dressed(AskingDevice.typing(guessed(n))));
    }
    return counted(target, asks);
  }

  private static Verdict guessMany(Target target) throws IOException {
    List<Ask> asks = new ArrayList<>();
    for (Part part : List.of(Part.OWNER, Part.ADMIN, Part.MEMBER, Part.AUDITOR)) {
      Browser one = target.web().as(target.attacker().id(), part);
      for (int n = 0; n < EACH; n++) {
        asks.add(one.dressed(AskingDevice.typing(guessed(n))));
      }
    }
    return counted(target, asks);
  }

  private static String guessed(int n) {
    String letters = "BCDFGHJKLMNPQRSTVWXZ";
    return "BBBB-BB" + letters.charAt(n / letters.length()) + letters.charAt(n % letters.length());
  }

  private static Verdict counted(Target target, List<Ask> asks) throws IOException {
    Line line = Line.open(target.web().site());
    try {
      for (int n = 0; n < asks.size(); n++) {
        if (!line.isOpen()) {
          line = Line.open(target.web().site());
        }
        Reply reply = line.ask(asks.get(n));
        if (reply.status() == TOO_MANY) {
          return new Verdict.Refused("429 after " + n + " guesses");
        }
        if (reply.status() != 422) {
          return new Verdict.Inconclusive("a guess met " + reply.readable());
        }
      }
    } finally {
      line.close();
    }
    return new Verdict.Succeeded(asks.size() + " guesses one after the other, and never 429");
  }

  private static Verdict stolen(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    AskingClient other = AskingClient.registered(web.as(tenant, Part.OWNER), "Of the attacker");
    AskingDevice device = device(web);
    Reply answered = web.as(tenant, Part.MEMBER).ask(device.answered("allow"));
    Reply stolen = web.nobody().bare(device.redeeming(other.id()));
    if (stolen.isDone()) {
      return new Verdict.Succeeded("another client got tokens");
    }
    Reply own = web.nobody().bare(device.redeeming());
    return own.isDone() && stolen.code().equals("invalid_grant")
        ? new Verdict.Refused("another client got nothing, and used nothing up")
        : new Verdict.Inconclusive(
            answered.brief() + ", " + stolen.brief() + ", and its own client " + own.readable());
  }

  private static Verdict many(Target target) throws InterruptedException {
    Web web = target.web();
    AskingDevice device = device(web);
    Reply answered = web.as(target.victim().id(), Part.MEMBER).ask(device.answered("allow"));
    return once(target, device, answered);
  }

  /** Redeems what was allowed a hundred times at once: it is good for one. */
  static Verdict once(Target target, AskingDevice device, Reply answered)
      throws InterruptedException {
    Crowd crowd = new Crowd();
    for (int n = 0; n < AT_ONCE; n++) {
      crowd.with(target.web().nobody(), device.redeeming());
    }
    target.server().poolSize(OPS, SEVERAL);
    List<Reply> replies;
    try {
      replies = crowd.send();
    } finally {
      target.server().poolSize(OPS, USUAL);
    }
    long issued = replies.stream().filter(Reply::isDone).count();
    if (issued > 1) {
      return new Verdict.Succeeded(issued + " of " + AT_ONCE + " got tokens");
    }
    return issued == 1
        ? new Verdict.Refused("one of " + AT_ONCE + " got tokens")
        : new Verdict.Inconclusive(answered.brief() + ", and then " + Crowd.summary(replies));
  }

  private static Verdict turned(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    AskingDevice device = device(web);
    Reply denied = web.as(tenant, Part.MEMBER).ask(device.answered("deny"));
    Reply allowed = web.as(scene.attacker().id(), Part.MEMBER).ask(device.answered("allow"));
    Reply polled = web.nobody().bare(device.redeeming());
    if (polled.isDone()) {
      return new Verdict.Succeeded("what was denied was allowed afterwards");
    }
    return denied.isDone() && !allowed.isDone() && polled.code().equals("access_denied")
        ? new Verdict.Refused("an answer is given once")
        : new Verdict.Inconclusive(
            denied.brief() + ", " + allowed.brief() + ", and then " + polled.readable());
  }

  /** An admin lets a terminal of their own act, which works. */
  private static String peopleStillType(Scene scene) {
    Web web = scene.web();
    AskingDevice device = device(web);
    Browser admin = web.as(scene.victim().id(), Part.ADMIN);
    Reply page = admin.ask(device.typed());
    Reply answered = admin.ask(device.answered("allow"));
    Reply issued = web.nobody().bare(device.redeeming());
    Reply read =
        web.nobody().bare(Tokens.bearing(Ask.get("/v1/tenant"), issued.member("access_token")));
    if (!read.text().contains(scene.victim().canary())) {
      throw new IllegalStateException(
          "a device reads nothing: "
              + List.of(page.brief(), answered.brief(), issued.brief())
              + ", "
              + read.readable());
    }
    return "an admin lets a terminal act, and it reads the tenant";
  }
}
