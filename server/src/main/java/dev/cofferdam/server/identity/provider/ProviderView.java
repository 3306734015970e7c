package dev.cofferdam.server.identity.provider;

import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.identity.oidc.AcrValues;
import dev.cofferdam.server.identity.oidc.Trouble;
import dev.cofferdam.server.surface.AcrClass;
import java.time.Instant;
import java.util.Optional;

/**
 * A tenant's own identity provider, as its tenant sees it: without the secret.
 *
 * @param publicKey the public key to be registered with it, as a JWK, where we prove ourselves by
 *     one
 * @param leastAcr what a sign-in at it must reach
 * @param triedAt when an owner last signed in at it to see that it works
 * @param failingSince since when it cannot be used, as sign-ins and trials found
 * @param failingBecause why, as long as it cannot
 */
public record ProviderView(
    ProviderId id,
    String alias,
    String issuer,
    String clientId,
    Proof proof,
    Optional<String> publicKey,
    AcrValues acrValues,
    AcrClass leastAcr,
    State state,
    Optional<Instant> triedAt,
    Optional<Instant> failingSince,
    Optional<Trouble> failingBecause,
    long version,
    Instant createdAt) {

  /** Whether people sign in at it. */
  public enum State {
    INACTIVE,
    ACTIVE,
    /** Active, and it cannot be used now. */
    DEGRADED
  }

  /** How this server proves to it that it is the client. */
  public enum Proof {
    CLIENT_SECRET,
    PRIVATE_KEY_JWT
  }
}
