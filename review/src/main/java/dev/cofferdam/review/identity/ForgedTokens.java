package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.issuer.Attempt;
import dev.cofferdam.review.issuer.ForgedToken;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.issuer.TokenCase;
import dev.cofferdam.review.issuer.TokenCases;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.Denial;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Snapshot;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * IDN-01: the server is given id tokens that nobody should believe, by an identity provider that it
 * was told to believe. The cases are data ({@code tokens.cases}); the server's clock stands still,
 * so that a moment more and a moment less than the leeway are what they say.
 */
public final class ForgedTokens {
  private static final Map<String, String> ATTACKS =
      new java.util.TreeMap<>(
          Map.of(
              "IDN-01.signature", "brings tokens whose signature is not by the key that they name",
              "IDN-01.algorithm", "brings tokens by an HMAC whose secret is the public key",
              "IDN-01.unsigned", "brings tokens that say that they need no signature",
              "IDN-01.own-key", "brings tokens together with the key that they are signed by",
              "IDN-01.times", "brings tokens that have ended, or not begun, by a moment",
              "IDN-01.audience", "brings tokens that were made for others",
              "IDN-01.issuer", "brings tokens that name another issuer",
              "IDN-01.subject", "brings tokens about nobody, or about somebody in an odd form",
              "IDN-01.nonce", "brings tokens of another sign-in",
              "IDN-01.access-token", "brings access tokens in the place of id tokens"));

  private ForgedTokens() {}

  public static List<Attack> all() {
    List<Attack> all = new ArrayList<>();
    ATTACKS.forEach(
        (id, does) ->
            all.add(
                new Attack(
                    id,
                    does,
                    Mode.NOISY,
                    Set.of(Identity.NOBODY),
                    target -> played(target, TokenCases.of(id)),
                    ForgedTokens::honestOnesWork)));
    return all;
  }

  /** By an issuer of the attack's own, which the server believes from then on. */
  private static Verdict played(Target target, List<TokenCase> cases) throws SQLException {
    try (HostileIdp idp = HostileIdp.open();
        Session superuser = target.asSuperuser()) {
      ForgedToken tokens = believed(target, idp);
      Snapshot before = Snapshot.of(superuser);
      List<Asked> met = new ArrayList<>();
      for (TokenCase bad : cases.stream().filter(one -> !one.isGood()).toList()) {
        Attempt attempt = Attempt.at(target.web(), idp, nonce -> tokens.of(bad, nonce));
        Optional<String> person = attempt.signedIn();
        if (person.isPresent()) {
          return new Verdict.Succeeded(
              "signed in as " + person.get() + " by a token with this defect: " + bad.what());
        }
        met.add(asked(target, bad.what(), attempt.reply()));
        Optional<Verdict> fault = fault(met.getLast(), bad.meets());
        if (fault.isPresent()) {
          return fault.get();
        }
      }
      List<String> changed = Snapshot.of(superuser).changedSince(before);
      if (!changed.isEmpty()) {
        return new Verdict.Succeeded("after refusals alone there is a change in " + changed);
      }
      return believesGood(target, idp, tokens, cases)
          .orElseGet(() -> new Verdict.Refused(met.size() + " tokens: " + Denial.summary(met)));
    }
  }

  private static ForgedToken believed(Target target, HostileIdp idp) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    target.server().stopClock(now);
    Attempt.believe(target, idp, idp.issuer());
    return new ForgedToken(idp, target.web().site().origin(), now);
  }

  static Asked asked(Target target, String who, Reply reply) {
    Route callback =
        target.web().routes().stream()
            .filter(route -> route.isAt("GET", "/sign-in/callback"))
            .findFirst()
            .orElseThrow();
    return new Asked(who, callback, Ask.get(callback.path()), reply);
  }

  private static Optional<Verdict> fault(Asked asked, Set<String> expected) {
    return Denial.undocumented(asked)
        .or(
            () ->
                expected.contains(asked.reply().code())
                    ? Optional.empty()
                    : Optional.of(asked.told() + " instead of " + expected))
        .map(Verdict.Inconclusive::new);
  }

  /** What stands at the right side of a boundary must be believed, or the boundary is elsewhere. */
  private static Optional<Verdict> believesGood(
      Target target, HostileIdp idp, ForgedToken tokens, List<TokenCase> cases) {
    for (TokenCase good : cases.stream().filter(TokenCase::isGood).toList()) {
      Attempt attempt = Attempt.at(target.web(), idp, nonce -> tokens.of(good, nonce));
      if (attempt.signedIn().isEmpty()) {
        return Optional.of(
            new Verdict.Inconclusive(
                "a good token is not believed: " + good.what() + ": " + attempt.reply().brief()));
      }
    }
    return Optional.empty();
  }

  /** The probe: whoever brings an honest token of the same issuer's is signed in. */
  static String honestOnesWork(Target target) {
    try (HostileIdp idp = HostileIdp.open()) {
      ForgedToken tokens = believed(target, idp);
      Attempt attempt =
          Attempt.at(target.web(), idp, nonce -> tokens.of(TokenCases.honest(), nonce));
      if (attempt.signedIn().isEmpty()) {
        throw new IllegalStateException(
            "nor does an honest token sign anybody in: " + attempt.reply().readable());
      }
      return "an honest token signs in";
    }
  }
}
