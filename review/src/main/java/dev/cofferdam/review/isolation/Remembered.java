package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ISO-09: what the server keeps for one principal, asked for by another: a place in a list, the
 * outcome of a request, an answer in anybody's cache.
 */
public final class Remembered {
  private Remembered() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "ISO-09.cursor",
            "goes on in a list with the cursor of another tenant, person or list",
            Remembered::cursor),
        attack(
            "ISO-09.outcome",
            "sends a request again under the Idempotency-Key of another tenant or person",
            Remembered::outcome),
        attack(
            "ISO-09.cache",
            "asks for answers that anything between could have kept, by their entity tags",
            Remembered::cache));
  }

  private static Attack attack(String id, String does, Portable.Assault assault) {
    return Attack.amongOwn(
        id,
        does,
        Mode.NOISY,
        Set.of(Identity.OWNER, Identity.MEMBER),
        assault,
        NamedTenants::readsItsOwn);
  }

  private static Verdict cursor(Scene scene) {
    Web web = scene.web();
    Browser victim = web.as(scene.victim().id(), Part.OWNER);
    List<String> met = new ArrayList<>();
    for (Route list : web.routes()) {
      if (!list.query().contains("cursor")) {
        continue;
      }
      String path = web.probes().ask(list, web.things(scene.victim().id())::first).target();
      String first = path.replaceFirst("\\?.*", "") + "?limit=1";
      Reply page = victim.get(first);
      String next = page.isDone() ? page.member("next") : "";
      if (next.isEmpty()) {
        // Nothing is behind the first, or it is a list of operators.
        continue;
      }
      String foreign = "&cursor=" + Ask.encoded(next);
      String own =
          web.probes()
                  .ask(list, web.things(scene.attacker().id())::first)
                  .target()
                  .replaceFirst("\\?.*", "")
              + "?limit=1";
      String other =
          first.startsWith("/v1/groups?") ? "/v1/projects?limit=1" : "/v1/groups?limit=1";
      List<Reply> replies =
          List.of(
              web.as(scene.attacker().id(), Part.OWNER).get(own + foreign),
              web.as(scene.victim().id(), Part.ADMIN).get(first + foreign),
              web.as(scene.victim().id(), Part.AUDITOR).get(first + foreign),
              victim.get(other + foreign));
      for (Reply reply : replies) {
        if (!reply.code().equals("invalid_cursor")) {
          return new Verdict.Succeeded(
              "the cursor of the victim's owner in "
                  + first
                  + " opens elsewhere: "
                  + reply.brief());
        }
        met.add(reply.brief());
      }
      if (!victim.get(first + foreign).isDone()) {
        return new Verdict.Inconclusive("the cursor of " + first + " opens for nobody");
      }
    }
    return met.isEmpty()
        ? new Verdict.Inconclusive("no list has a second page")
        : new Verdict.Refused(met.size() + " uses of somebody else's cursor: " + Set.copyOf(met));
  }

  private static Verdict outcome(Scene scene) {
    Web web = scene.web();
    List<String> met = new ArrayList<>();
    for (Route route : web.routes()) {
      if (!route.once() || !web.probes().kinds(route).isEmpty()) {
        continue;
      }
      // The key is in it, so that all send the same one.
      Ask ask = web.probes().ask(route, kind -> kind);
      Reply made = web.as(scene.victim().id(), Part.OWNER).ask(ask);
      String record = made.field("Cofferdam-Record-Id").orElse("");
      String id =
          made.text().replaceFirst("(?s).*?([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}).*", "$1");
      if (!made.isDone() || record.isEmpty() || id.length() != 36) {
        return new Verdict.Inconclusive(ask + " met " + made.readable());
      }
      for (Browser other :
          List.of(
              web.as(scene.attacker().id(), Part.OWNER), web.as(scene.victim().id(), Part.ADMIN))) {
        Reply reply = other.ask(ask);
        if (reply.readable().contains(id) || reply.readable().contains(record)) {
          return new Verdict.Succeeded(
              "the same key gave somebody else the outcome of " + ask + ": " + reply.brief());
        }
        met.add(route.path() + " " + reply.brief());
      }
    }
    return met.isEmpty()
        ? new Verdict.Inconclusive("no route takes an Idempotency-Key")
        : new Verdict.Refused("a key is its owner's alone: " + met);
  }

  /** Kept by nothing; or by its own browser alone, and under the cookie that it was asked with. */
  private static boolean isKeptFromOthers(Reply reply) {
    List<String> kept = reply.fieldsOf("Cache-Control");
    return kept.equals(List.of("no-store"))
        || kept.size() == 1
            && kept.getFirst().startsWith("private,")
            && reply.fieldsOf("Vary").contains("Cookie");
  }

  /** Nothing of a tenant may be kept between, and no tag tells that something is there. */
  private static Verdict cache(Scene scene) {
    Web web = scene.web();
    Browser victim = web.as(scene.victim().id(), Part.OWNER);
    Browser attacker = web.as(scene.attacker().id(), Part.OWNER);
    List<String> met = new ArrayList<>();
    for (Route route : web.routes()) {
      if (route.changes() || route.access().equals("anyone") || web.probes().isElsewhere(route)) {
        continue;
      }
      Ask ask = web.probes().ask(route, web.things(scene.victim().id())::first);
      Reply own = victim.ask(ask);
      if (!isKeptFromOthers(own)) {
        return new Verdict.Succeeded(
            ask + " may be kept by anything between: " + own.fieldsOf("Cache-Control"));
      }
      for (String tag : List.of(own.field("ETag").orElse("\"1\""), "*", "W/\"1\"")) {
        Reply reply = attacker.ask(ask.with("If-None-Match", tag));
        if (reply.status() == 304 || reply.readable().contains(scene.victim().canary())) {
          return new Verdict.Succeeded(ask + " with the victim's tag met " + reply.brief());
        }
        met.add(reply.brief());
      }
    }
    Map<String, Long> counted =
        met.stream()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    brief -> brief,
                    java.util.TreeMap::new,
                    java.util.stream.Collectors.counting()));
    return new Verdict.Refused("nothing may be kept between, and no tag is heeded: " + counted);
  }
}
