package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.issuer.BroughtProvider;
import dev.cofferdam.review.issuer.ForgedToken;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.issuer.TokenCase;
import dev.cofferdam.review.issuer.TokenCases;
import dev.cofferdam.review.issuer.TrustedIssuer;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * IDN-01, IDN-09, IDN-13, ADM-03 and STP-01 where programs exchange tokens of others: the same
 * defects as at a sign-in, a token that was made for another tenant, one that was exchanged before,
 * or for more than its rule gives, and one of ours that is to do what is for people.
 */
public final class Exchanges {
  private static final String INVALID = "invalid_request";
  private static final String PROGRAM = "program";
  private static final int AT_ONCE = 100;

  /** Which cases of a sign-in an attack plays here. */
  private static final Map<String, List<String>> FORGED =
      new TreeMap<>(
          Map.of(
              "IDN-01.exchange-signature", List.of("IDN-01.signature"),
              "IDN-01.exchange-algorithm", List.of("IDN-01.algorithm", "IDN-01.unsigned"),
              "IDN-01.exchange-own-key", List.of("IDN-01.own-key"),
              "IDN-01.exchange-times", List.of("IDN-01.times"),
              "IDN-01.exchange-audience", List.of("IDN-01.audience"),
              "IDN-01.exchange-issuer", List.of("IDN-01.issuer"),
              "IDN-01.exchange-type", List.of("IDN-01.access-token")));

  private Exchanges() {}

  public static List<Attack> all() {
    List<Attack> all = new ArrayList<>();
    FORGED.forEach(
        (id, cases) ->
            all.add(
                attack(
                    id,
                    "has the tokens of "
                        + String.join(" and ", cases)
                        + " exchanged for a service of the victim's",
                    Identity.NOBODY,
                    target ->
                        forged(
                            target,
                            cases.stream().flatMap(one -> TokenCases.of(one).stream()).toList()))));
    all.add(
        attack(
            "IDN-09.exchange",
            "exchanges a token a second time, and many times at once",
            Identity.NOBODY,
            Exchanges::again));
    all.add(
        attack(
            "IDN-09.exchanged",
            "goes on with an exchanged token after its rule has ended",
            Identity.SERVICE_TOKEN,
            Exchanges::afterTheRule));
    all.add(
        attack(
            "IDN-13.exchange",
            "exchanges for the victim's service what their common issuer signed of the attacker's program",
            Identity.OWNER,
            Exchanges::ofAnotherTenant));
    all.add(
        attack(
            "ADM-03.wider-exchange",
            "exchanges a token for more than its rule gives",
            Identity.SERVICE_TOKEN,
            Exchanges::forMore));
    all.add(
        attack(
            "STP-01.exchanged",
            "does with an exchanged token what asks for a sign-in of just now, or for a person",
            Identity.SERVICE_TOKEN,
            Exchanges::asPerson));
    return all;
  }

  private static Attack attack(String id, String does, Identity who, Attack.Assault assault) {
    return new Attack(
        id, does, Mode.DESTRUCTIVE, Set.of(who), assault, Exchanges::honestOnesAreExchanged);
  }

  /** A tenant's rule for a program that {@code idp} vouches for. */
  private record Trusting(TrustedIssuer issuer, String rule) {
    static Trusting of(
        Target target, UUID tenant, HostileIdp idp, String audience, String role, String program) {
      Web web = target.web();
      Browser owner = web.as(tenant, Part.OWNER);
      TrustedIssuer issuer = TrustedIssuer.by(owner, idp, "of an attack", audience);
      return new Trusting(
          issuer,
          issuer
              .rule(
                  "of an attack",
                  role,
                  List.of("tenant:read", "members:read", "groups:read", "projects:read"),
                  Map.of("sub", program))
              .id());
    }
  }

  private static Reply exchange(Target target, String rule, String token) {
    return target.web().nobody().bare(TrustedIssuer.exchange(rule, token));
  }

  private static Verdict forged(Target target, List<TokenCase> cases) {
    try (HostileIdp idp = HostileIdp.open()) {
      BroughtProvider.reach(target, idp);
      Trusting trusting =
          Trusting.of(target, target.victim().id(), idp, HostileIdp.CLIENT, "auditor", "mallory");
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      target.server().stopClock(now);
      ForgedToken tokens = new ForgedToken(idp, target.web().site().origin(), now);
      int refused = 0;
      for (TokenCase one : cases) {
        // None was shown before.
        TokenCase once = one.with(Map.of("jti", UUID.randomUUID().toString()));
        Reply reply = exchange(target, trusting.rule(), tokens.of(once, "n"));
        if (one.isGood() != reply.isDone()) {
          return one.isGood()
              ? new Verdict.Inconclusive(
                  "a good token is not exchanged: " + one.what() + ": " + reply.readable())
              : new Verdict.Succeeded("exchanged a token with this defect: " + one.what());
        }
        if (!one.isGood() && !reply.member("error").equals(INVALID)) {
          return new Verdict.Inconclusive(one.what() + " met " + reply.readable());
        }
        refused += one.isGood() ? 0 : 1;
      }
      return new Verdict.Refused(refused + " tokens met " + INVALID);
    }
  }

  private static Verdict again(Target target) throws InterruptedException {
    try (HostileIdp idp = HostileIdp.open()) {
      BroughtProvider.reach(target, idp);
      Trusting trusting = Trusting.of(target, target.victim().id(), idp, "us", "auditor", PROGRAM);
      List<String> met = new ArrayList<>();
      for (Map<String, String> more :
          List.of(Map.of("jti", UUID.randomUUID().toString()), Map.<String, String>of())) {
        String token = token(idp, PROGRAM, "us", more);
        int got = atOnce(target, trusting.rule(), token);
        if (got == 0) {
          return new Verdict.Inconclusive("of many at once none is exchanged");
        }
        Reply second = exchange(target, trusting.rule(), token);
        if (got > 1 || second.isDone()) {
          return new Verdict.Succeeded(
              "one token was exchanged " + got + " times at once, and then " + second.brief());
        }
        if (!second.member("error").equals(INVALID)) {
          return new Verdict.Inconclusive("a second time met " + second.readable());
        }
        met.add(second.member("error"));
      }
      return new Verdict.Refused("of " + AT_ONCE + " at once one, and later " + met);
    }
  }

  private static int atOnce(Target target, String rule, String token) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    int done = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> replies = new ArrayList<>();
      for (int n = 0; n < AT_ONCE; n++) {
        replies.add(
            threads.submit(
                () -> {
                  start.await();
                  return exchange(target, rule, token);
                }));
      }
      start.countDown();
      for (Future<Reply> reply : replies) {
        done += reply.get().isDone() ? 1 : 0;
      }
      return done;
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
  }

  private static Verdict afterTheRule(Target target) throws InterruptedException {
    try (HostileIdp idp = HostileIdp.open()) {
      BroughtProvider.reach(target, idp);
      Trusting trusting = Trusting.of(target, target.victim().id(), idp, "us", "auditor", PROGRAM);
      Ask read = Tokens.bearing(Ask.get("/v1/tenant"), exchanged(target, idp, trusting));
      Browser nobody = target.web().nobody();
      if (!nobody.bare(read).isDone()) {
        return new Verdict.Inconclusive("an exchanged token reads nothing");
      }
      trusting.issuer().end(trusting.rule());
      long ended = System.nanoTime();
      while (true) {
        long began = System.nanoTime();
        Reply reply = nobody.bare(read);
        if (!reply.isDone()) {
          return new Verdict.Refused(
              "after %d ms: %s".formatted((began - ended) / 1_000_000, reply.brief()));
        }
        if (began - ended > 1_000_000_000L) {
          return new Verdict.Succeeded("reads the tenant more than a second later");
        }
        Thread.sleep(20);
      }
    }
  }

  /** Both trust the same issuer, which signs honestly of both tenants' programs. */
  private static Verdict ofAnotherTenant(Target target) {
    try (HostileIdp common = HostileIdp.open()) {
      BroughtProvider.reach(target, common);
      Trusting victims =
          Trusting.of(
              target, target.victim().id(), common, "victims", "auditor", "program-of-the-victim");
      Trusting own =
          Trusting.of(
              target, target.attacker().id(), common, "attackers", "auditor", "program-of-mine");
      List<String> met = new ArrayList<>();
      for (String program : List.of("program-of-mine", "program-of-the-victim-2")) {
        for (String audience : List.of("attackers", "us")) {
          Reply reply =
              exchange(target, victims.rule(), token(common, program, audience, Map.of()));
          if (reply.isDone()) {
            return new Verdict.Succeeded(
                "a token of `%s` for `%s` made the victim's service".formatted(program, audience));
          }
          met.add(reply.member("error"));
        }
      }
      Reply mine =
          exchange(target, own.rule(), token(common, "program-of-mine", "attackers", Map.of()));
      return mine.isDone()
          ? new Verdict.Refused("met " + Set.copyOf(met) + ", and is one's own service at home")
          : new Verdict.Inconclusive("nor is it exchanged at home: " + mine.readable());
    }
  }

  private static Verdict forMore(Target target) {
    try (HostileIdp idp = HostileIdp.open()) {
      BroughtProvider.reach(target, idp);
      Trusting trusting =
          Trusting.of(target, target.attacker().id(), idp, "us", "auditor", PROGRAM);
      Browser nobody = target.web().nobody();
      Reply reply =
          nobody.bare(
              TrustedIssuer.exchange(trusting.rule(), token(idp, PROGRAM, "us", Map.of()))
                  .field("scope", "tenant:read audit:read"));
      if (!reply.isDone()) {
        return reply.code().equals("invalid_scope")
            ? new Verdict.Refused("met " + reply.brief())
            : new Verdict.Inconclusive("met " + reply.readable());
      }
      Reply log =
          nobody.bare(Tokens.bearing(Ask.get("/v1/audit/records"), reply.member("access_token")));
      if (log.isDone()) {
        return new Verdict.Succeeded("it reads the log, for which its rule has no scope");
      }
      return log.code().equals("insufficient_scope")
          ? new Verdict.Refused("what it got reads no more: " + log.brief())
          : new Verdict.Inconclusive("it got a token, which met " + log.readable());
    }
  }

  private static Verdict asPerson(Target target) {
    try (HostileIdp idp = HostileIdp.open()) {
      BroughtProvider.reach(target, idp);
      Trusting trusting = Trusting.of(target, target.attacker().id(), idp, "us", "admin", PROGRAM);
      String token = exchanged(target, idp, trusting);
      Browser nobody = target.web().nobody();
      Set<String> met = new TreeSet<>();
      for (Ask ask :
          List.of(
              Ask.get("/v1/sessions"),
              Ask.get("/v1/client-grants"),
              Ask.of("POST", "/v1/groups").json(Map.of("name", "of a token")),
              Ask.of("POST", "/v1/service-tokens")
                  .json(
                      Map.of(
                          "label",
                          "of a token",
                          "role",
                          "admin",
                          "scopes",
                          List.of("tenant:read"),
                          "expires_in_days",
                          1)))) {
        Reply reply = nobody.bare(Tokens.bearing(ask, token));
        if (reply.isDone()) {
          return new Verdict.Succeeded("with an exchanged token: " + ask + " met " + reply.brief());
        }
        if (!reply.code().equals("person_required")) {
          return new Verdict.Inconclusive(ask + " met " + reply.readable());
        }
        met.add(reply.code());
      }
      return new Verdict.Refused("what is for people met " + met);
    }
  }

  private static String token(
      HostileIdp idp, String program, String audience, Map<String, String> more) {
    Map<String, Object> claims = new TreeMap<>(more);
    claims.put("sub", program);
    claims.put("aud", audience);
    return ForgedToken.saying(idp, claims, UUID.randomUUID().toString());
  }

  private static String exchanged(Target target, HostileIdp idp, Trusting trusting) {
    Reply reply =
        exchange(
            target, trusting.rule(), token(idp, PROGRAM, trusting.issuer().audience(), Map.of()));
    if (!reply.isDone()) {
      throw new IllegalStateException("an honest token is not exchanged: " + reply.readable());
    }
    return reply.member("access_token");
  }

  /** The probe: what an honest issuer signed of the right program reads what it is for. */
  private static String honestOnesAreExchanged(Target target) {
    try (HostileIdp idp = HostileIdp.open()) {
      BroughtProvider.reach(target, idp);
      Trusting trusting = Trusting.of(target, target.victim().id(), idp, "us", "member", PROGRAM);
      String token = exchanged(target, idp, trusting);
      Reply reply = target.web().nobody().bare(Tokens.bearing(Ask.get("/v1/tenant"), token));
      if (!reply.isDone()) {
        throw new IllegalStateException("an exchanged token reads nothing: " + reply.readable());
      }
      return "an honest token is exchanged, and reads what it is for";
    }
  }
}
