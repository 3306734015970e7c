package dev.cofferdam.server.identity.provider;

import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.identity.oidc.AcrValues;
import dev.cofferdam.server.identity.oidc.ClaimNames;
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
 * @param names by which claims it says what people are called
 * @param verifiedByDomain whether an address in a domain that the tenant has proven counts where
 *     the provider does not say whether it verified it
 * @param triedAt when an owner last came through when they tried it
 * @param trial the last time that an owner tried it
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
    ClaimNames names,
    boolean verifiedByDomain,
    State state,
    Optional<Instant> triedAt,
    Optional<Trial> trial,
    Optional<Instant> failingSince,
    Optional<Trouble> failingBecause,
    long version,
    Instant createdAt) {

  /** That an owner tried it, and what came of it. */
  public record Trial(Instant at, TrialResult result) {}

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
