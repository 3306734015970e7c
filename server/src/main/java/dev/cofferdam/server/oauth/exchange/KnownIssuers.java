package dev.cofferdam.server.oauth.exchange;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cofferdam.server.identity.oidc.Issuer;
import dev.cofferdam.server.identity.oidc.TokenIssuer;
import dev.cofferdam.server.identity.oidc.TokenIssuers;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * The issuers that are in use, each with its document and keys. One never changes, so what is known
 * of it stays its own. Safe for use by many threads.
 */
final class KnownIssuers {
  private static final long REMEMBERED = 10_000;
  private static final Duration UNUSED = Duration.ofHours(2);

  private final TokenIssuers issuers;
  private final Cache<TrustedIssuerId, TokenIssuer> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterAccess(UNUSED).build();

  KnownIssuers(TokenIssuers issuers) {
    this.issuers = issuers;
  }

  TokenIssuer of(PlacedRule rule) {
    return Objects.requireNonNull(
        known.get(
            rule.trusted(),
            id -> issuers.of(new Issuer(rule.issuer()), rule.keys().map(URI::create))));
  }
}
