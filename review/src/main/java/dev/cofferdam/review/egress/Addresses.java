package dev.cofferdam.review.egress;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.issuer.Attempt;
import dev.cofferdam.review.issuer.ForgedToken;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.issuer.TokenCases;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.SmallServer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * EGR-01: an identity provider sends the server to places that only the server reaches: by what its
 * document names as endpoints, by where its name leads, and by redirects. Whatever the server
 * connects to is brought to a listener of the attack's own, so that with a layer out nothing leaves
 * this machine either.
 */
public final class Addresses {
  /** Where a public name leads, and nobody minds. */
  private static final String PUBLIC = "93.184.215.14";

  private static final String CODE = "identity_provider_unavailable";

  private static final Map<String, String> ATTACKS =
      new TreeMap<>(
          Map.of(
              "EGR-01.addresses", "has names lead to private and special addresses",
              "EGR-01.literals", "names such addresses themselves",
              "EGR-01.spellings", "spells them as only some parsers read them",
              "EGR-01.ports", "names other ports of public hosts",
              "EGR-01.redirects", "redirects from its own endpoints to such addresses",
              "EGR-01.rebinding", "has a name lead elsewhere the second time"));

  private Addresses() {}

  public static List<Attack> all() {
    List<Attack> all = new ArrayList<>();
    ATTACKS.forEach(
        (id, does) ->
            all.add(
                new Attack(
                    id,
                    does,
                    Mode.SAFE,
                    Set.of(Identity.NOBODY),
                    target -> played(target, Destinations.of(id)),
                    Addresses::ownEndpointsWork)));
    return all;
  }

  private static Verdict played(Target target, List<Destinations.Case> cases) throws IOException {
    List<String> met = new ArrayList<>();
    try (HostileIdp idp = HostileIdp.open();
        Inside inside = Inside.open()) {
      for (Destinations.Case one : cases) {
        idp.behaves();
        Reply reply = sent(target, idp, inside, one);
        List<String> connections =
            target.server().connections().stream()
                .filter(to -> !to.equals(PUBLIC + ":443"))
                .toList();
        if (!connections.isEmpty()) {
          return new Verdict.Succeeded(
              "by " + one + " the server went to " + connections + ", and said " + inside.heard());
        }
        if (!reply.code().equals(CODE)) {
          return new Verdict.Inconclusive(one + " met " + reply.brief() + " instead of " + CODE);
        }
        met.add(one.url());
      }
    }
    return new Verdict.Refused(
        met.size() + " destinations, to none of which the server went: " + met);
  }

  /** Has the server use the destination as the endpoint that the case names. */
  private static Reply sent(Target target, HostileIdp idp, Inside inside, Destinations.Case one) {
    target.server().network(inside.port(), one.names());
    String issuer = idp.issuer();
    switch (one.endpoint()) {
      case ISSUER -> issuer = one.url();
      case KEYS -> idp.says(document -> document.put("jwks_uri", one.url()));
      case TOKENS -> idp.says(document -> document.put("token_endpoint", one.url()));
      case REDIRECTED_KEYS -> idp.publishes(to -> SmallServer.redirect(to, 302, one.url()));
      case REDIRECTED_TOKENS -> idp.redeems(to -> SmallServer.redirect(to, 307, one.url()));
    }
    Attempt.believe(target, idp, issuer);
    ForgedToken tokens = new ForgedToken(idp, target.web().site().origin(), Instant.now());
    return Attempt.at(target.web(), idp, nonce -> tokens.of(TokenCases.honest(), nonce)).reply();
  }

  /** The probe: what the settings name is reached, and its document read. */
  private static String ownEndpointsWork(Target target) {
    try (HostileIdp idp = HostileIdp.open()) {
      Attempt.believe(target, idp, idp.issuer());
      Reply begun = target.web().nobody().get("/sign-in");
      if (!begun.field("Location").orElse("").startsWith(idp.issuer())) {
        throw new IllegalStateException(
            "nor is a destination reached that is named: " + begun.readable());
      }
      return "what the settings name is reached";
    }
  }
}
