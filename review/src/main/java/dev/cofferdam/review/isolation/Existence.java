package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Denial;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** ISO-14: telling whether another tenant has something, without being shown it. */
public final class Existence {
  private static final int PAIRS = 60;
  private static final int TRIES = 3;

  private Existence() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "ISO-14.told-apart",
            "compares every answer about the victim's things with that about missing ones, conditions and ranges included",
            Existence::toldApart),
        attack(
            "ISO-14.names",
            "takes names that the victim's things have, and sees whether they are taken",
            Existence::names),
        attack(
            "ISO-14.timing",
            "measures how long the victim's things and missing ones take to be denied",
            Existence::timing));
  }

  private static Attack attack(String id, String does, Portable.Assault assault) {
    return Attack.amongOwn(
        id, does, Mode.NOISY, Set.of(Identity.OWNER), assault, NamedTenants::readsItsOwn);
  }

  private static Verdict toldApart(Scene scene) {
    Web web = scene.web();
    Browser attacker = web.as(scene.attacker().id(), Part.OWNER);
    Things theirs = web.things(scene.victim().id());
    Things own = web.things(scene.attacker().id());
    int compared = 0;
    for (Route route : web.swept()) {
      if (web.probes().isElsewhere(route)) {
        continue;
      }
      for (String kind : web.probes().hidden(route)) {
        for (UnaryOperator<Ask> spelling : spellings(route, web.routes())) {
          String missing = UUID.randomUUID().toString();
          Ask there = spelling.apply(web.probes().ask(route, one(kind, theirs.first(kind), own)));
          Ask nowhere = spelling.apply(web.probes().ask(route, one(kind, missing, own)));
          Optional<String> difference =
              Denial.difference(
                  attacker.ask(there), theirs.first(kind), attacker.ask(nowhere), missing);
          if (difference.isPresent()) {
            return new Verdict.Succeeded(
                there + " is told from a missing one: " + difference.get());
          }
          compared++;
        }
      }
    }
    return new Verdict.Refused(compared + " pairs of answers were the same but for their ids");
  }

  private static UnaryOperator<String> one(String kind, String id, Things own) {
    return asked -> asked.equals(kind) ? id : own.first(asked);
  }

  /**
   * The same request with verbs that nothing takes, and in ways that ask the server to compare
   * first.
   */
  private static List<UnaryOperator<Ask>> spellings(Route route, List<Route> routes) {
    if (route.changes()) {
      return List.of(UnaryOperator.identity());
    }
    Stream<UnaryOperator<Ask>> otherVerbs =
        Stream.of("HEAD", "POST", "PUT", "PATCH", "DELETE")
            .filter(verb -> routes.stream().noneMatch(other -> other.isAt(verb, route.path())))
            .map(verb -> ask -> new Ask(verb, ask.target(), ask.fields(), ask.body()));
    return Stream.concat(otherVerbs, conditions()).toList();
  }

  private static Stream<UnaryOperator<Ask>> conditions() {
    return Stream.of(
        ask -> ask,
        ask -> ask.with("If-None-Match", "\"1\""),
        ask -> ask.with("If-Modified-Since", "Fri, 27 Nov 2026 00:00:00 GMT"),
        ask -> ask.with("Range", "bytes=0-0"),
        ask -> ask.with("Accept", "text/html"),
        ask -> ask.with("Prefer", "return=representation"));
  }

  private static Verdict names(Scene scene) {
    Browser attacker = scene.web().as(scene.attacker().id(), Part.OWNER);
    List<String> met = new ArrayList<>();
    for (String kind : List.of("Group", "Project")) {
      String path = "/v1/" + kind.toLowerCase(java.util.Locale.ROOT) + "s";
      Reply theirs = attacker.ask(named(path, kind + " of " + scene.victim().slug()));
      Reply nobodys = attacker.ask(named(path, kind + " of nobody"));
      if (theirs.status() != nobodys.status()) {
        return new Verdict.Succeeded(
            path + ": the victim's name met " + theirs.brief() + ", another " + nobodys.brief());
      }
      met.add(path + " " + theirs.brief());
    }
    return new Verdict.Refused("a name is free in a tenant whoever else has it: " + met);
  }

  private static Ask named(String path, String name) {
    return Ask.of("POST", path).json(Map.of("name", name));
  }

  /**
   * Interleaves requests for something of the victim's and for something missing in an order drawn
   * by lot, and compares the two samples by rank (Mann and Whitney): no mean that one slow answer
   * moves, no threshold in microseconds that another machine makes wrong. A difference counts when
   * it is beyond chance by six standard deviations three times in a row, and the same way each
   * time.
   */
  private static Verdict timing(Scene scene) {
    Web web = scene.web();
    Browser attacker = web.as(scene.attacker().id(), Part.OWNER);
    Things theirs = web.things(scene.victim().id());
    List<String> told = new ArrayList<>();
    for (String path : List.of("/v1/groups/", "/v1/projects/")) {
      String kind = path.substring("/v1/".length(), path.length() - 2);
      List<Ranks> tries = new ArrayList<>();
      do {
        tries.add(measured(attacker, path, theirs.first(kind)));
      } while (tries.size() < TRIES && tries.getLast().isBeyondChance());
      boolean oneWay =
          tries.stream().allMatch(Ranks::isBeyondChance)
              && tries.stream().map(Ranks::isLonger).distinct().count() == 1;
      if (oneWay) {
        return new Verdict.Succeeded(path + " of the victim's: " + tries);
      }
      told.add(path + "… " + tries.getLast());
    }
    return new Verdict.Refused(
        "of " + PAIRS + " and " + PAIRS + " answers none tells by its time: " + told);
  }

  private static Ranks measured(Browser attacker, String path, String theirs) {
    List<Boolean> order = new ArrayList<>();
    for (int n = 0; n < PAIRS; n++) {
      order.add(true);
      order.add(false);
    }
    Collections.shuffle(order, new Random(PAIRS));
    List<Long> there = new ArrayList<>();
    List<Long> nowhere = new ArrayList<>();
    for (boolean exists : order) {
      Reply reply = attacker.get(path + (exists ? theirs : UUID.randomUUID().toString()));
      (exists ? there : nowhere).add(reply.nanos());
    }
    return Ranks.of(there, nowhere);
  }
}
