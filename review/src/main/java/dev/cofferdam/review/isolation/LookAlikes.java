package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Snapshot;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** ISO-07 over HTTP: signing up, by the API and by the page, with names that are the victim's. */
public final class LookAlikes {
  private LookAlikes() {}

  /** Names that a person takes for the victim's. */
  static final List<String> ALIKE =
      List.of(
          "light-house", "lighth0use", "iighthouse", "li-ght-house", "lighthou5e", "l1ghthouse");

  /** Names that some normal form makes the victim's. */
  static final List<String> NORMALISED =
      List.of(
          "Lighthouse",
          "LIGHTHOUSE",
          "lighthouse ",
          " lighthouse",
          "light_house",
          "Light House!",
          "lighthouse-",
          "lіghthouse",
          "ｌｉｇｈｔｈｏｕｓｅ",
          "lighthouſe",
          "light\u200bhouse",
          "lighthouse\u0000");

  public static List<Attack> all() {
    return List.of(
        attack("ISO-07.signs-up-alike", "signs up with names that look like the victim's", ALIKE),
        attack(
            "ISO-07.signs-up-normalised",
            "signs up with names that some normal form makes the victim's",
            NORMALISED));
  }

  private static Attack attack(String id, String does, List<String> slugs) {
    return new Attack(
        id,
        does,
        Mode.NOISY,
        Set.of(Identity.STRANGER),
        target -> signUp(target, slugs),
        LookAlikes::signsUp);
  }

  private static Verdict signUp(Target target, List<String> slugs) throws SQLException {
    Web web = target.web();
    Browser somebody = web.as(web.nowhere());
    Map<String, Integer> met = new TreeMap<>();
    try (Session superuser = target.asSuperuser()) {
      Snapshot before = Snapshot.of(superuser);
      for (String slug : slugs) {
        for (Ask ask : asks(slug)) {
          Reply reply = somebody.ask(ask);
          if (reply.isDone()) {
            return new Verdict.Succeeded(
                "`" + slug + "` is a tenant beside `lighthouse`: " + ask + " met " + reply.brief());
          }
          met.merge(ask.target() + " " + reply.brief(), 1, Integer::sum);
        }
      }
      List<String> changed = Snapshot.of(superuser).changedSince(before);
      return changed.isEmpty()
          ? new Verdict.Refused(slugs.size() + " names: " + met)
          : new Verdict.Succeeded("refused, and there is a change in " + changed);
    }
  }

  private static List<Ask> asks(String slug) {
    Map<String, String> wanted = Map.of("slug", slug, "name", "Somebody else");
    return List.of(
        Ask.of("POST", "/v1/tenants").json(wanted), Ask.of("POST", "/workspaces").form(wanted));
  }

  private static String signsUp(Target target) {
    Web web = target.web();
    Reply reply = web.as(web.nowhere()).ask(asks("pier-eight").getFirst());
    if (!reply.isDone()) {
      throw new IllegalStateException("nobody can sign up: " + reply.readable());
    }
    return "`pier-eight` can be signed up";
  }
}
