package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Probes;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The other half of every attack by routes: the owner of the victim's tenant asks for the same on
 * every route, with what is theirs, and gets it. So the requests are such as would have been
 * answered, and what refused them was not a mistake in them.
 */
final class RightfulUse {
  private static final List<String> ORDER = List.of("GET", "PUT", "PATCH", "POST", "DELETE");

  private final Web web;
  private final Things things;
  private final Browser owner;
  private final Iterator<Browser> spare;
  private final Iterator<Browser> others;
  private final Map<String, Integer> taken = new HashMap<>();

  private RightfulUse(Target target) {
    web = target.web();
    things = web.things(target.victim().id());
    Resident resident = web.resident(target.victim().id(), Part.OWNER);
    owner = web.as(resident);
    spare = web.spare(resident).iterator();
    others =
        Stream.of(Part.MEMBER, Part.AUDITOR, Part.ADMIN)
            .map(part -> web.as(target.victim().id(), part))
            .iterator();
  }

  /** The probe of attacks on routes. */
  static String works(Target target) {
    return new RightfulUse(target).works();
  }

  private String works() {
    Probes probes = web.probes();
    List<Route> routes =
        web.routes().stream()
            .filter(route -> !probes.isElsewhere(route))
            .sorted(harmlessFirst())
            .toList();
    for (Route route : routes) {
      Ask ask = probes.ask(route, kind -> thing(route, kind));
      Asked asked = new Asked("its owner", route, ask, browser(route).ask(ask));
      if (!asked.reply().isDone()) {
        throw new IllegalStateException("no sensible probe: " + asked.told());
      }
    }
    return "the victim's owner was answered on " + routes.size() + " routes";
  }

  /** What is taken away is taken away last, and what lies within before that around it. */
  private Comparator<Route> harmlessFirst() {
    return Comparator.<Route, Boolean>comparing(web.probes()::isEndingAll)
        .thenComparing(web.probes()::isEnding)
        .thenComparing(route -> ORDER.indexOf(route.method()))
        .thenComparing(route -> -route.path().length())
        .thenComparing(Route::path);
  }

  private Browser browser(Route route) {
    if (web.probes().isEndingAll(route)) {
      return others.next();
    }
    return web.probes().isEnding(route) ? spare.next() : owner;
  }

  /** The first of its kind, or, to be taken away, the last that is left. */
  private String thing(Route route, String kind) {
    List<String> ids = things.of(kind);
    boolean away =
        web.probes().isEnding(route)
            || route.method().equals("DELETE") && route.variables().size() == 1;
    return away
        ? ids.get(Math.max(0, ids.size() - taken.merge(kind, 1, Integer::sum)))
        : ids.getFirst();
  }
}
