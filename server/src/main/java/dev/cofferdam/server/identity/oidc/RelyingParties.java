package dev.cofferdam.server.identity.oidc;

import dev.cofferdam.server.egress.Egress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/**
 * Makes a relying party for a provider beside the platform's: with the same verifier, the same
 * store of sign-ins that have begun, and the way out for what tenants name.
 */
public final class RelyingParties {
  private final PendingSignIns pending;
  private final Egress egress;
  private final SecureRandom random = new SecureRandom();
  private final Clock clock;

  RelyingParties(PendingSignIns pending, Egress egress, Clock clock) {
    this.pending = pending;
    this.egress = egress;
    this.clock = clock;
  }

  /** The sign-in that an answer belongs to, at whichever provider; it cannot be used again. */
  public Optional<PendingSignIn> taken(CallbackAnswer answer, BrowserHandle browser) {
    return pending.take(answer.state(), browser);
  }

  /** One that remembers the provider's document and keys for as long as it is kept. */
  public RelyingParty of(Client client, AcrValues acrValues) {
    return new RelyingParty(client, acrValues, pending, egress, random, clock);
  }
}
