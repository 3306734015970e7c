package dev.cofferdam.server.console;

import dev.cofferdam.server.oauth.exchange.TrustedIssuerView;
import org.jspecify.annotations.Nullable;

/**
 * An issuer whose tokens can be exchanged.
 *
 * @param keys where its keys are, null when its document says that
 */
public record TrustedIssuerCard(
    String id,
    String label,
    String issuer,
    @Nullable String keys,
    String audience,
    boolean reusable) {
  static TrustedIssuerCard of(TrustedIssuerView one) {
    return new TrustedIssuerCard(
        one.id().toString(),
        one.label(),
        one.issuer(),
        one.keys().orElse(null),
        one.audience(),
        one.reusable());
  }
}
