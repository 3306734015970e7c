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
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Probes;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Spill;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * ISO-02 over HTTP: SQL in every place of a request that holds text, aimed at rows of the victim.
 * What it gives may come back at once, or be stored and come back in a list.
 */
public final class HttpInjections {
  /** Each reads the victim's name if it is run, wherever a string was pasted. */
  private static final List<String> READING =
      List.of(
          "'||(select max(name)from tenancy.tenant)||'",
          "' union select name from tenancy.tenant--",
          "'; select name from tenancy.tenant; --");

  /** Fails on the victim's name if it is run, and says so in the error. */
  private static final List<String> QUOTING =
      List.of("'||(select max(name)from tenancy.tenant)::int||'");

  /** Each breaks a statement that it is pasted into. */
  private static final List<String> BREAKING = List.of("'", "\\", "'--", "$$");

  private HttpInjections() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "ISO-02.requests",
            "puts statements that read the victim's rows into every text of every request",
            scene -> injected(scene, READING, asked -> Optional.empty())),
        attack(
            "ISO-02.broken-statement",
            "puts what ends a string into every text of every request, and sees what breaks",
            scene -> injected(scene, BREAKING, HttpInjections::broken)),
        attack(
            "ISO-02.log",
            "has a value of the victim's quoted in an error that the server logs",
            HttpInjections::logged));
  }

  /**
   * No answer says it; but whoever reads logs is not whoever may read the rows. What broke may be
   * logged before it is answered, and then nothing more need be asked; whatever was asked, the log
   * is read at the end.
   */
  private static Verdict logged(Scene scene) {
    Verdict verdict =
        injected(scene, QUOTING, asked -> isBroken(asked) ? quoted(scene) : Optional.empty());
    return verdict instanceof Verdict.Refused
        ? quoted(scene).<Verdict>map(Verdict.Succeeded::new).orElse(verdict)
        : verdict;
  }

  private static Optional<String> quoted(Scene scene) {
    String canary = scene.victim().canary();
    return scene.web().log().contains(canary)
        ? Optional.of("the server's log quotes `" + canary + "`")
        : Optional.empty();
  }

  private static Attack attack(String id, String does, Portable.Assault assault) {
    // Whatever may be done with one's own things is done, with a payload beside.
    return Attack.amongOwn(
            id, does, Mode.NOISY, Set.of(Identity.OWNER), assault, NamedTenants::readsItsOwn)
        .usingUp();
  }

  private static Optional<String> broken(Asked asked) {
    return isBroken(asked) ? Optional.of(asked.told()) : Optional.empty();
  }

  private static boolean isBroken(Asked asked) {
    return asked.reply().status() == 500;
  }

  private static Verdict injected(
      Scene scene, List<String> payloads, Function<Asked, Optional<String>> fault) {
    Web web = scene.web();
    Browser owner = web.as(scene.attacker().id(), Part.OWNER);
    Things own = web.things(scene.attacker().id());
    Spill spill = new Spill(scene.victim().canary(), web.things(scene.victim().id()));
    Spill canary = new Spill(scene.victim().canary(), new Things(Map.of()));
    List<Asked> all = new ArrayList<>();
    for (Route route : web.swept()) {
      if (web.probes().isElsewhere(route) || web.probes().isCostly(route)) {
        continue;
      }
      for (Ask ask : asks(web.probes(), route, own, payloads)) {
        Asked asked = new Asked("an owner", route, ask, owner.ask(ask));
        Optional<String> got =
            told(route, canary, spill)
                .in(ask, asked.reply())
                .map(what -> asked.told() + " with " + what);
        if (got.isPresent()) {
          return new Verdict.Succeeded(got.get());
        }
        Optional<String> wrong = fault.apply(asked);
        if (wrong.isPresent()) {
          return new Verdict.Succeeded(wrong.get());
        }
        all.add(asked);
      }
    }
    return stored(web, owner, own, route -> told(route, canary, spill))
        .<Verdict>map(Verdict.Succeeded::new)
        .orElseGet(() -> new Verdict.Refused(all.size() + " injections: " + Denial.summary(all)));
  }

  /** One's own log names what one has asked for before, and was denied. */
  private static Spill told(Route route, Spill canary, Spill spill) {
    return route.action().startsWith("record.") ? canary : spill;
  }

  /** What came to be stored, and shows where it is read. */
  private static Optional<String> stored(
      Web web, Browser owner, Things own, Function<Route, Spill> spills) {
    for (Route route : web.routes()) {
      if (!route.changes() && route.access().equals("tenant")) {
        Ask ask = web.probes().ask(route, own::first);
        Optional<String> got = spills.apply(route).in(ask, owner.ask(ask));
        if (got.isPresent()) {
          return Optional.of(ask + " shows " + got.get() + ", stored by an injection");
        }
      }
    }
    return Optional.empty();
  }

  /** Requests for the route that are whole but for one place, which holds a payload. */
  private static List<Ask> asks(Probes probes, Route route, Things own, List<String> payloads) {
    List<Ask> asks = new ArrayList<>();
    for (String payload : payloads) {
      Ask whole = probes.ask(route, own::first);
      for (String variable : route.variables()) {
        asks.add(
            whole.at(
                route.filled(
                    name ->
                        Ask.segment(
                            name.equals(variable)
                                ? payload
                                : probes.value(route, name, own::first)))));
      }
      for (String parameter : route.query()) {
        asks.add(withParameter(probes, route, own, parameter, payload));
      }
      for (Route.Field field : route.fields()) {
        Map<String, Object> body =
            probes.body(route, name -> probes.value(route, name, own::first));
        body.put(field.name(), payload);
        asks.add(probes.ask(route, own::first).json(body));
      }
      asks.add(whole.with("User-Agent", payload));
      if (route.ifMatch()) {
        asks.add(
            whole.without("If-Match").with("If-Match", "\"" + payload.replace(" ", "") + "\""));
      }
      if (route.once()) {
        asks.add(whole.without("Idempotency-Key").with("Idempotency-Key", payload));
      }
    }
    return asks;
  }

  private static Ask withParameter(
      Probes probes, Route route, Things own, String parameter, String payload) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String name : route.query()) {
      if (name.equals(parameter) || !name.equals("cursor")) {
        parameters.put(
            name, name.equals(parameter) ? payload : probes.value(route, name, own::first));
      }
    }
    Ask plain = probes.ask(route, own::first);
    return route.changes()
        ? new Ask(plain.method(), plain.target(), List.of(), null).form(parameters)
        : plain.at(plain.target().replaceFirst("\\?.*", "") + "?" + Ask.encoded(parameters));
  }
}
