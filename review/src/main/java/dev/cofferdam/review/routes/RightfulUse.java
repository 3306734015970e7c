package dev.cofferdam.review.routes;

import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import java.util.ArrayList;
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
public final class RightfulUse {
  private static final List<String> ORDER = List.of("GET", "PUT", "PATCH", "POST", "DELETE");

  private final Web web;
  private final Things things;
  private final Resident owner;
  private final Browser asOwner;
  private final Iterator<Browser> spare;
  private final Iterator<Resident> others;
  private final Map<String, Integer> taken = new HashMap<>();

  private RightfulUse(Target target) {
    web = target.web();
    things = web.things(target.victim().id());
    owner = web.resident(target.victim().id(), Part.OWNER);
    asOwner = web.as(owner);
    spare = web.spare(owner).iterator();
    others =
        Stream.of(Part.MEMBER, Part.AUDITOR, Part.ADMIN)
            .map(part -> web.resident(target.victim().id(), part))
            .iterator();
  }

  /** A use, and whose it was. */
  public record Used(Resident who, Asked asked) {}

  /** The probe of attacks on routes. */
  public static String works(Target target) {
    List<Used> all = untilRefused(target);
    Asked last = all.getLast().asked();
    if (!last.reply().isDone()) {
      throw new IllegalStateException("no sensible probe: " + last.told());
    }
    return "the victim's owner was answered on " + all.size() + " routes";
  }

  /** One use of each route, and what came of it; none after one that was refused, the last then. */
  public static List<Used> untilRefused(Target target) {
    RightfulUse use = new RightfulUse(target);
    List<Used> all = new ArrayList<>();
    for (Route route : use.inOrder()) {
      Used used = use.used(route);
      all.add(used);
      if (!used.asked().reply().isDone()) {
        break;
      }
    }
    return all;
  }

  private List<Route> inOrder() {
    return web.routes().stream()
        .filter(route -> !web.probes().isElsewhere(route))
        .sorted(harmlessFirst())
        .toList();
  }

  private Used used(Route route) {
    Ask ask = web.probes().ask(route, kind -> thing(route, kind));
    Resident who = web.probes().isEndingAll(route) ? others.next() : owner;
    Browser browser =
        who == owner ? web.probes().isEnding(route) ? spare.next() : asOwner : web.as(who);
    return new Used(who, new Asked("its owner", route, ask, browser.ask(ask)));
  }

  /** What is taken away is taken away last, and what lies within before that around it. */
  private Comparator<Route> harmlessFirst() {
    return Comparator.<Route, Boolean>comparing(web.probes()::isEndingAll)
        .thenComparing(web.probes()::isEnding)
        .thenComparing(route -> ORDER.indexOf(route.method()))
        .thenComparing(route -> -route.path().length())
        .thenComparing(Route::path);
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
