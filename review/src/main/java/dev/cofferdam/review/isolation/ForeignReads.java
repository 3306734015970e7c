package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Denial;
import dev.cofferdam.review.web.NobodyThereException;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Spill;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * ISO-01 by looking alone, so that it can be played where people work: whatever another tenant has,
 * on every route that changes nothing, by everybody of one's own tenant, whatever they are in it.
 */
public final class ForeignReads {
  private static final String PROJECT = "project";

  private ForeignReads() {}

  public static List<Attack> all() {
    return List.of(
        byEverybody(
            "ISO-01.reads",
            "looks at whatever the victim has, by its id, in every role of another tenant",
            kind -> !kind.equals(PROJECT)),
        byEverybody(
            "ISO-01.project-reads",
            "looks at the victim's projects by their ids, in every role of another tenant",
            PROJECT::equals),
        Attack.portable(
            "ISO-01.former-reads",
            "looks at whatever the victim has with the session of a member who was removed",
            Mode.NOISY,
            Set.of(Identity.FORMER_MEMBER),
            new Portable(ForeignReads::asFormer, ForeignReads::victimReadsItsOwn)));
  }

  private static Attack byEverybody(String id, String does, Predicate<String> which) {
    return Attack.portable(
        id,
        does,
        Mode.NOISY,
        Set.of(Identity.OWNER, Identity.MEMBER),
        new Portable(scene -> reads(scene, which), NamedTenants::readsItsOwn));
  }

  private static Verdict reads(Scene scene, Predicate<String> which) {
    Web web = scene.web();
    Things own = web.things(scene.attacker().id());
    Things theirs = web.things(scene.victim().id());
    Spill spill = new Spill(scene.victim().canary(), theirs);
    List<Asked> all = new ArrayList<>();
    for (Resident attacker : attackers(scene)) {
      Browser browser = web.as(attacker);
      for (Route route : looks(web)) {
        for (String kind : web.probes().hidden(route).stream().filter(which).toList()) {
          if (!theirs.has(kind)) {
            continue;
          }
          for (String verb : verbs(attacker)) {
            Asked foreign =
                asked(scene, attacker, browser, route, verb, one(kind, theirs.first(kind), own));
            Asked missing =
                asked(
                    scene,
                    attacker,
                    browser,
                    route,
                    verb,
                    one(kind, missing(theirs.first(kind)), own));
            Optional<String> fault = fault(foreign, missing, spill);
            if (fault.isPresent()) {
              return new Verdict.Succeeded(fault.get());
            }
            all.add(foreign);
            all.add(missing);
          }
        }
      }
    }
    return judged(all);
  }

  /** Everybody of the attacker's tenant whom somebody plays; an owner at the least. */
  private static List<Resident> attackers(Scene scene) {
    UUID tenant = scene.attacker().id();
    scene.web().resident(tenant, Part.OWNER);
    return scene
        .web()
        .those(tenant, Part.OWNER, Part.ADMIN, Part.MEMBER, Part.AUDITOR, Part.PROGRAM);
  }

  private static List<Route> looks(Web web) {
    return web.swept().stream()
        .filter(route -> !route.changes() && !web.probes().isElsewhere(route))
        .toList();
  }

  /** One asks for the head alone too: it has the fields of the answer. */
  private static List<String> verbs(Resident who) {
    return who.part() == Part.OWNER ? List.of("GET", "HEAD") : List.of("GET");
  }

  /** What nobody has, and could be one's as well: what could be nobody's is told apart at once. */
  private static String missing(String like) {
    String any = UUID.randomUUID().toString();
    return like.length() == any.length() ? any : "missing-" + any;
  }

  private static UnaryOperator<String> one(String kind, String id, Things own) {
    return asked -> asked.equals(kind) ? id : own.firstOrMissing(asked);
  }

  private static Asked asked(
      Scene scene,
      Resident who,
      Browser browser,
      Route route,
      String verb,
      UnaryOperator<String> thing) {
    Ask ask = scene.web().probes().ask(route, thing);
    Ask sent = new Ask(verb, ask.target(), ask.fields(), ask.body());
    String called = "the " + who.part().word() + " of another tenant";
    return new Asked(called, route, sent, browser.ask(sent));
  }

  private static Optional<String> fault(Asked foreign, Asked missing, Spill spill) {
    if (foreign.reply().isDone()) {
      return Optional.of(foreign.told());
    }
    return spill
        .in(foreign.ask(), foreign.reply())
        .map(spilt -> foreign.told() + " with " + spilt)
        .or(
            () ->
                Denial.difference(foreign.reply(), missing.reply())
                    .map(how -> foreign.told() + ", told from a missing one by " + how));
  }

  private static Verdict judged(List<Asked> all) {
    if (all.isEmpty()) {
      throw new NobodyThereException("victim: it has nothing that could be asked for");
    }
    return all.stream()
        .flatMap(asked -> Denial.undocumented(asked).stream())
        .findFirst()
        .<Verdict>map(Verdict.Inconclusive::new)
        .orElseGet(() -> new Verdict.Refused(all.size() + " looks: " + Denial.summary(all)));
  }

  private static Verdict asFormer(Scene scene) {
    Web web = scene.web();
    Resident former = web.resident(scene.victim().id(), Part.FORMER);
    Browser browser = web.as(former);
    Things theirs = web.things(scene.victim().id());
    Spill spill = new Spill(scene.victim().canary(), theirs);
    List<Asked> all = new ArrayList<>();
    for (Route route : looks(web)) {
      boolean has = web.probes().kinds(route).stream().allMatch(theirs::has);
      if (!route.access().equals("tenant") || !has) {
        continue;
      }
      Ask ask = web.probes().ask(route, theirs::first);
      Asked asked = new Asked("a former member", route, ask, browser.ask(ask));
      Optional<String> spilt = spill.in(ask, asked.reply());
      if (asked.reply().isDone() || spilt.isPresent()) {
        return new Verdict.Succeeded(asked.told() + spilt.map(what -> " with " + what).orElse(""));
      }
      all.add(asked);
    }
    return judged(all);
  }

  /** The probe: the tenant that somebody was removed from goes on. */
  private static String victimReadsItsOwn(Scene scene) {
    String answer = scene.web().as(scene.victim().id(), Part.OWNER).get("/v1/groups").text();
    if (!answer.contains(scene.victim().canary())) {
      throw new IllegalStateException("the victim's owner cannot read its own: " + answer);
    }
    return "the victim reads its own";
  }
}
