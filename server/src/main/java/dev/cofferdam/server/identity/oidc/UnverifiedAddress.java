package dev.cofferdam.server.identity.oidc;

/**
 * An address that a token names, of which its issuer does not say in so many words that it verified
 * it.
 *
 * @param denied whether it says something else of it; otherwise it says nothing
 */
public record UnverifiedAddress(String text, boolean denied) {
  /** Without the address. */
  @Override
  public String toString() {
    return denied ? "an address that was not verified" : "an address of which nothing is said";
  }
}
