package dev.cofferdam.server.oauth.issuing;

import dev.cofferdam.server.identity.OwnOrigin;
import dev.cofferdam.server.identity.token.AccessTokenHolders;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.KeyThumbprint;
import dev.cofferdam.server.oauth.proof.Proofs;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/** Lets the door know access tokens: bare ones as they are, bound ones with a proof alone. */
final class ShownTokens implements AccessTokenHolders {
  private static final String PROVEN = ShownTokens.class.getName();

  private final LiveAccessTokens tokens;
  private final Proofs proofs;

  ShownTokens(LiveAccessTokens tokens, Proofs proofs) {
    this.tokens = tokens;
    this.proofs = proofs;
  }

  @Override
  public Shown find(String token, Scheme scheme, HttpServletRequest request) {
    return tokens
        .find(token, new Issuer(OwnOrigin.of(request)))
        .map(shown -> held(token, shown, scheme, request))
        .orElseGet(Shown.Invalid::new);
  }

  /**
   * A bound token shown as a bare one is none (RFC 9449, section 7.2), and so is the other way
   * round: a proof of a key that nothing is bound to proves nothing.
   */
  private Shown held(String token, ShownToken shown, Scheme scheme, HttpServletRequest request) {
    return switch (scheme) {
      case BEARER ->
          isForBearers(shown) ? new Shown.Held(shown.standing().caller()) : new Shown.Invalid();
      case DPOP ->
          shown
              .boundTo()
              .map(key -> proven(proof(request, token, key), shown))
              .orElseGet(Shown.Invalid::new);
    };
  }

  /** Looked at once for each request: a long answer asks again who calls, and it still is they. */
  private Proofs.Shown proof(HttpServletRequest request, String token, KeyThumbprint key) {
    if (request.getAttribute(PROVEN) instanceof Proofs.Shown.Good good && good.key().equals(key)) {
      return good;
    }
    Proofs.Shown shown = proofs.of(request, token, key);
    request.setAttribute(PROVEN, shown);
    return shown;
  }

  private static boolean isForBearers(ShownToken shown) {
    return shown.boundTo().isEmpty();
  }

  private static Shown proven(Proofs.Shown proof, ShownToken shown) {
    return switch (proof) {
      case Proofs.Shown.Good good -> new Shown.Held(shown.standing().caller());
      case Proofs.Shown.Bad bad -> new Shown.Unproven();
      case Proofs.Shown.None none -> new Shown.Unproven();
      case Proofs.Shown.TooMany(Duration wait) -> new Shown.TooOften(wait);
    };
  }
}
