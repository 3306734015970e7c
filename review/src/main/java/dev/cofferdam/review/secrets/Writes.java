package dev.cofferdam.review.secrets;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Crowd;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.List;
import java.util.Set;

/** SEC-06: two who rotate one secret at once, each believing that theirs is the value now. */
public final class Writes {
  private static final int WRITERS = 12;

  private Writes() {}

  public static List<Attack> all() {
    return List.of(
        Attack.amongOwn(
            "SEC-06.at-once",
            "puts a dozen values of one secret at once, each on top of the same version",
            Mode.NOISY,
            Set.of(Identity.OWNER),
            Writes::atOnce,
            Writes::puts));
  }

  private static String secret(Scene scene) {
    var things = scene.web().things(scene.attacker().id());
    return "/v1/projects/" + things.first("project") + "/secrets/" + things.first("secret");
  }

  private static Ask put(Scene scene, String tag, String value) {
    return Ask.of("PUT", secret(scene) + "/value")
        .with("If-Match", tag)
        .text("application/octet-stream", value);
  }

  private static Verdict atOnce(Scene scene) throws InterruptedException {
    Web web = scene.web();
    Resident owner = web.resident(scene.attacker().id(), Part.OWNER);
    Browser browser = web.as(owner);
    Reply before = browser.ask(Ask.get(secret(scene)));
    String tag = before.field("ETag").orElseThrow();
    Crowd crowd = new Crowd();
    for (int n = 0; n < WRITERS; n++) {
      crowd.with(web.as(owner), put(scene, tag, "value " + n));
    }
    List<Reply> replies = crowd.send();
    long stored = replies.stream().filter(Reply::isDone).count();
    long versions =
        browser.ask(Ask.get(secret(scene))).json().path("version").asLong()
            - before.json().path("version").asLong();
    String found = "%s; %d versions more".formatted(Crowd.summary(replies), versions);
    if (stored > 1 || versions > 1) {
      return new Verdict.Succeeded("more than one was told that theirs is stored: " + found);
    }
    return stored == 1 && versions == 1
        ? new Verdict.Refused(found)
        : new Verdict.Inconclusive(found);
  }

  /** The probe: whoever has read the newest state puts the next value. */
  private static String puts(Scene scene) {
    Browser browser = scene.web().as(scene.attacker().id(), Part.OWNER);
    String tag = browser.ask(Ask.get(secret(scene))).field("ETag").orElseThrow();
    Reply put = browser.ask(put(scene, tag, "the next value"));
    if (!put.isDone()) {
      throw new IllegalStateException("no value can be put: " + put.brief());
    }
    return "whoever has read the newest state puts the next value";
  }
}
