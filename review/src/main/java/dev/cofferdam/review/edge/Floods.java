package dev.cofferdam.review.edge;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * LIM-01: one caller, several of a tenant, and one behind many addresses, as often as they like.
 */
public final class Floods {
  private static final int TOO_MANY = 429;

  /** Of one class, so that they are counted together. */
  private static final List<String> PUBLIC =
      List.of("/v1/openapi.json", "/problems/not_found", "/problems/conflict");

  /** So many that they outrun what is given back meanwhile, also on a slow machine. */
  private static final int STRANGERS = 900;

  private Floods() {}

  public static List<Attack> all() {
    return List.of(
        flood(
            "LIM-01.principal",
            "asks for a heavy thing again and again",
            Identity.OWNER,
            Floods::byOne),
        flood(
            "LIM-01.tenant",
            "asks with everybody of a tenant, each within their own limit",
            Identity.MEMBER,
            Floods::byTenant),
        flood(
            "LIM-01.address",
            "asks as nobody, for something else and with another cookie each time",
            Identity.NOBODY,
            target -> judged(target, STRANGERS, number -> stranger(number, false))),
        flood(
            "LIM-01.forged-address",
            "asks as nobody, and says that it comes from elsewhere each time",
            Identity.NOBODY,
            target -> judged(target, STRANGERS, number -> stranger(number, true))));
  }

  private static Attack flood(String id, String does, Identity who, Attack.Assault assault) {
    return Attack.rested(id, does, Mode.NOISY, Set.of(who), assault, Door::isAlive);
  }

  /** More than the budget over all classes has room for. */
  private static Verdict byOne(Target target) throws IOException {
    Ask ask = signUp(target, target.web().resident(target.attacker().id(), Part.OWNER));
    return judged(target, 70, number -> ask);
  }

  private static Verdict byTenant(Target target) throws IOException {
    List<Ask> asks =
        List.of(Part.OWNER, Part.ADMIN, Part.MEMBER, Part.AUDITOR).stream()
            .map(part -> signUp(target, target.web().resident(target.attacker().id(), part)))
            .toList();
    return judged(target, 16, number -> asks.get(number % asks.size()));
  }

  /** What leaves nothing behind, and is counted like a sign-up that does. */
  private static Ask signUp(Target target, Resident who) {
    return target
        .web()
        .as(who)
        .dressed(Ask.of("POST", "/v1/tenants").json(java.util.Map.of("slug", "!", "name", "x")));
  }

  private static Ask stranger(int number, boolean forwards) {
    Ask ask =
        Ask.get(PUBLIC.get(number % PUBLIC.size()))
            .with("Host", "localhost")
            .with("Cookie", "other=" + number);
    return forwards
        ? ask.with("X-Forwarded-For", "203.0." + number / 250 + "." + (1 + number % 250))
        : ask;
  }

  private static Verdict judged(Target target, int most, IntFunction<Ask> asks) throws IOException {
    Line line = Line.open(target.web().site());
    try {
      for (int number = 0; number < most; number++) {
        if (!line.isOpen()) {
          line = Line.open(target.web().site());
        }
        Reply reply = line.ask(asks.apply(number));
        if (reply.status() == TOO_MANY) {
          return refused(number, reply);
        }
      }
    } finally {
      line.close();
    }
    return new Verdict.Succeeded(most + " requests one after the other, and never 429");
  }

  private static Verdict refused(int number, Reply reply) {
    boolean told =
        reply.code().equals("rate_limited")
            && reply.field("Retry-After").orElse("").matches("[1-9][0-9]*")
            && reply.field("RateLimit").isPresent()
            && reply.field("RateLimit-Policy").isPresent();
    return told
        ? new Verdict.Refused("429 after " + number + ", " + reply.field("RateLimit").orElse(""))
        : new Verdict.Inconclusive("a 429 that does not say how long: " + reply.readable());
  }
}
