package dev.cofferdam.server.identity.oidc;

import dev.cofferdam.server.egress.Egress;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.springframework.modulith.NamedInterface;

/**
 * Makes readers of tokens that programs show and tenants' issuers have signed: with the same
 * verifier as for people, and the way out for what tenants name.
 */
@NamedInterface("foreign")
public final class TokenIssuers {
  private final Egress egress;
  private final Clock clock;

  TokenIssuers(Egress egress, Clock clock) {
    this.egress = egress;
    this.clock = clock;
  }

  /**
   * One that remembers the issuer's document and keys for as long as it is kept.
   *
   * @param keys where they are; empty when its document says that
   */
  public TokenIssuer of(Issuer issuer, Optional<URI> keys) {
    return new TokenIssuer(issuer, keys, egress, clock);
  }
}
