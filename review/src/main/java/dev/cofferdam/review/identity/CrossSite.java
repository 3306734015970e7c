package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Denial;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * IDN-08: a page of another site has the victim's browser send requests, with the victim's cookies.
 * The browser's own rule for such cookies is left out of account: it is taken to send them.
 */
public final class CrossSite {
  private static final String ORIGIN = "Origin";
  private static final String TOKEN = "Cofferdam-CSRF";

  private CrossSite() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "IDN-08.pages",
            "has the victim's browser send what changes something, from a page that knows no token",
            CrossSite::withoutToken),
        attack(
            "IDN-08.origins",
            "does so with the victim's own token, which leaked, from every other origin and from none",
            CrossSite::fromElsewhere),
        attack(
            "IDN-08.tokens",
            "does so as from a page of the server's, with tokens that are not that session's",
            CrossSite::withOtherTokens));
  }

  private static Attack attack(String id, String does, Portable.Assault assault) {
    return Attack.amongOwn(
        id, does, Mode.NOISY, Set.of(Identity.NOBODY), assault, CrossSite::ownPagesWork);
  }

  private static Verdict withoutToken(Scene scene) throws SQLException {
    String foreign = "https://evil.example";
    return played(
        scene,
        routes(scene.web()),
        List.of(
            ask -> ask.with(ORIGIN, foreign),
            ask -> ask.with(ORIGIN, "null"),
            UnaryOperator.identity(),
            ask -> ask.with(ORIGIN, foreign).with("Referer", foreign + "/page"),
            ask -> ask.with(ORIGIN, foreign).with(TOKEN, "")));
  }

  private static Verdict fromElsewhere(Scene scene) throws SQLException {
    String own = scene.web().site().origin();
    String token = victim(scene).csrf();
    List<UnaryOperator<Ask>> manners = new ArrayList<>();
    for (String origin : origins(own, scene.web().site().port())) {
      manners.add(ask -> ask.with(TOKEN, token).with(ORIGIN, origin));
    }
    manners.add(ask -> ask.with(TOKEN, token));
    manners.add(ask -> ask.with(TOKEN, token).with(ORIGIN, own).with(ORIGIN, own));
    manners.add(ask -> ask.with(TOKEN, token).with("Referer", own + "/home"));
    manners.add(ask -> ask.with(TOKEN, token).with("Sec-Fetch-Site", "same-origin"));
    return creating(scene, manners);
  }

  private static List<String> origins(String own, int port) {
    return List.of(
        "https://evil.example",
        "null",
        "",
        own.replace("http://", "https://"),
        own.replace(":" + port, ""),
        own.replace(":" + port, ":" + (port + 1)),
        own.replace("127.0.0.1", "localhost"),
        own + ".evil.example",
        own + "@evil.example",
        own + "/",
        own + ", " + own,
        own.replace("http", "HTTP"),
        own.replace("http:", "ws:"));
  }

  private static Verdict withOtherTokens(Scene scene) throws SQLException {
    Web web = scene.web();
    Resident victim = victim(scene);
    String own = web.site().origin();
    String token = victim.csrf();
    String mac = token.substring(token.indexOf('.') + 1);
    List<UnaryOperator<Ask>> manners = new ArrayList<>();
    manners.add(ask -> ask.with(ORIGIN, own));
    for (String other :
        List.of(
            "",
            web.resident(scene.attacker().id(), Part.OWNER).csrf(),
            otherSession(web, victim).csrf(),
            web.nowhere().csrf(),
            scene.attacker().id() + "." + mac,
            "-." + mac,
            "." + mac,
            mac,
            token.substring(0, token.length() - 1),
            token + "A",
            token + " " + token,
            "x".repeat(4000))) {
      manners.add(ask -> ask.with(ORIGIN, own).with(TOKEN, other));
    }
    manners.add(ask -> ask.with(ORIGIN, own).with("X-CSRF-Token", token));
    manners.add(
        ask ->
            ask.with(ORIGIN, own)
                .with(
                    "Cookie", cookies(web, victim) + "; _csrf=" + token + "; XSRF-TOKEN=" + token));
    return creating(scene, manners);
  }

  /** A session that the same person has beside it. */
  private static Resident otherSession(Web web, Resident victim) {
    return web.residents().stream()
        .filter(one -> one.person().equals(victim.person()) && one != victim)
        .findFirst()
        .orElseThrow();
  }

  private static String cookies(Web web, Resident who) {
    return web.as(who).dressed(Ask.get("/")).fields().stream()
        .filter(field -> field.name().equals("Cookie"))
        .map(Ask.Field::value)
        .findFirst()
        .orElseThrow();
  }

  private static Resident victim(Scene scene) {
    return scene.web().resident(scene.victim().id(), Part.OWNER);
  }

  private static List<Route> routes(Web web) {
    return web.probes().inOrder(web.routes()).stream().filter(Route::changes).toList();
  }

  /** One route, in every manner. */
  private static Verdict creating(Scene scene, List<UnaryOperator<Ask>> manners)
      throws SQLException {
    Route creation =
        routes(scene.web()).stream()
            .filter(route -> route.isAt("POST", "/v1/groups"))
            .findFirst()
            .orElseThrow();
    return played(scene, Collections.nCopies(manners.size(), creation), manners);
  }

  /** Each route in one of the manners, in turn. */
  private static Verdict played(Scene scene, List<Route> routes, List<UnaryOperator<Ask>> manners)
      throws SQLException {
    Web web = scene.web();
    Things things = web.things(scene.victim().id());
    Browser browser = web.as(victim(scene));
    Refusals refusals = new Refusals(scene, victim(scene), "cross_site_request");
    for (int n = 0; n < routes.size(); n++) {
      Route route = routes.get(n);
      Ask ask = manners.get(n % manners.size()).apply(web.probes().ask(route, things::first));
      refusals.add(new Asked("another site", route, ask, browser.bare(ask)));
      if (refusals.done().isPresent()) {
        return refusals.done().get();
      }
    }
    Optional<String> told = toldApart(scene, browser, manners.getFirst());
    return told.isPresent()
        ? new Verdict.Succeeded(told.get())
        : refusals.judged("requests of another site");
  }

  /** Whether another site learns by the refusal what there is. */
  private static Optional<String> toldApart(
      Scene scene, Browser browser, UnaryOperator<Ask> manner) {
    Web web = scene.web();
    Reply own = patched(browser, manner, web.things(scene.victim().id()).first("group"));
    Reply foreign = patched(browser, manner, web.things(scene.attacker().id()).first("group"));
    Reply missing = patched(browser, manner, UUID.randomUUID().toString());
    return Denial.difference(own, missing).or(() -> Denial.difference(foreign, missing));
  }

  private static Reply patched(Browser browser, UnaryOperator<Ask> manner, String group) {
    return browser.bare(
        manner.apply(
            Ask.of("PATCH", "/v1/groups/" + group)
                .with("If-Match", "\"1\"")
                .json(java.util.Map.of("name", "x"))));
  }

  /** The probe: the same person, from a page of the server's own. */
  private static String ownPagesWork(Scene scene) {
    Reply reply =
        scene
            .web()
            .as(victim(scene))
            .ask(
                Ask.of("POST", "/v1/groups")
                    .json(java.util.Map.of("name", "of one's own page " + UUID.randomUUID())));
    if (!reply.isDone()) {
      throw new IllegalStateException("nor does the server's own page get through: " + reply);
    }
    return "a page of the server's own makes a group";
  }
}
