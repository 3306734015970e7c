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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The other half of every attack by routes: the owner of the victim's tenant asks for the same on
 * every route, with what is theirs, and gets it. So the requests are such as would have been
 * answered, and what refused them was not a mistake in them.
 */
public final class RightfulUse {
  private final Web web;
  private final UUID tenant;
  private final Things things;
  private final Resident owner;
  private final Browser asOwner;
  private final Iterator<Browser> spare;
  private final Map<String, Browser> operating = new HashMap<>();
  private final Map<Part, Iterator<Resident>> others = new EnumMap<>(Part.class);
  private final Map<String, Integer> taken = new HashMap<>();
  private @Nullable Browser fresh;

  private RightfulUse(Target target) {
    web = target.web();
    tenant = target.victim().id();
    things = web.things(tenant);
    owner = web.resident(tenant, Part.OWNER);
    asOwner = web.as(owner);
    spare = web.spare(owner).iterator();
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
    return "the victim's people were answered on " + all.size() + " routes";
  }

  /** One use of each route, and what came of it; none after one that was refused, the last then. */
  public static List<Used> untilRefused(Target target) {
    RightfulUse use = new RightfulUse(target);
    List<Used> all = new ArrayList<>();
    for (Route route : use.web.probes().inOrder(use.web.swept())) {
      Used used = use.used(route);
      all.add(used);
      if (!used.asked().reply().isDone()) {
        break;
      }
    }
    return all;
  }

  private Used used(Route route) {
    Ask ask = web.probes().ask(route, kind -> thing(route, kind));
    return switch (web.probes().by(route)) {
      case OWNER -> used(owner, asOwner, route, ask);
      case SPARE -> used(owner, spare.next(), route, ask);
      case FRESH -> used(owner, fresh(), route, ask);
      case CO_OWNER -> used(Part.CO_OWNER, route, ask);
      case ADMIN -> used(Part.ADMIN, route, ask);
      case MEMBER -> used(Part.MEMBER, route, ask);
      case COLLEAGUE -> used(Part.COLLEAGUE, route, ask);
      case GUEST -> used(Part.GUEST, route, ask);
      case OPERATOR -> asOperator(web.operator(), route, ask);
      case DEPUTY -> asOperator(web.operators().get(1), route, ask);
    };
  }

  /** Signed in just now, once for all that takes it: it does for some minutes. */
  private Browser fresh() {
    Browser known = fresh;
    if (known == null) {
      known = web.freshly(owner, tenant);
      fresh = known;
    }
    return known;
  }

  private Used used(Part part, Route route, Ask ask) {
    Resident who = others.computeIfAbsent(part, one -> web.all(tenant, one).iterator()).next();
    return used(who, web.as(who), route, ask);
  }

  /**
   * In one session as long as it is an operator's: who breaks the glass has another from then on.
   */
  private Used asOperator(Resident who, Route route, Ask ask) {
    Browser browser =
        operating.computeIfAbsent(who.subject(), subject -> web.freshOperator(subject));
    if (route.action().equals("emergency.open")) {
      operating.remove(who.subject());
    }
    return used(who, browser, route, ask);
  }

  private static Used used(Resident who, Browser browser, Route route, Ask ask) {
    return new Used(who, new Asked("who may", route, ask, browser.ask(ask)));
  }

  /** The first of its kind, or, to be taken away, the last that is left. */
  private String thing(Route route, String kind) {
    List<String> ids = things.of(kind);
    return web.probes().isTaking(route)
        ? ids.get(Math.max(0, ids.size() - taken.merge(kind, 1, Integer::sum)))
        : ids.getFirst();
  }
}
