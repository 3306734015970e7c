package dev.cofferdam.server.identity.oidc;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verified token says.
 *
 * @param email the address, if the issuer says in so many words that it verified it
 * @param unverified the address, if it does not
 * @param authTime when the person proved who they are, if it is said
 * @param operator whether the issuer names them an operator, where it is asked to
 */
public record Claims(
    String issuer,
    String subject,
    @Nullable String email,
    @Nullable UnverifiedAddress unverified,
    @Nullable String name,
    @Nullable String acr,
    List<String> amr,
    @Nullable Instant authTime,
    boolean operator) {
  public Claims {
    amr = List.copyOf(amr);
  }

  /** Without name and address. */
  @Override
  public String toString() {
    return "claims of `" + issuer + "`";
  }
}
