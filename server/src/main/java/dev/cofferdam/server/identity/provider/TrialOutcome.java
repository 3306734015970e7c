package dev.cofferdam.server.identity.provider;

/** What came of trying a provider. */
public enum TrialOutcome {
  PASSED("Somebody came through, with an address that counts here."),
  ADDRESS_MISSING(
      "Somebody came through, without an address. To invite its people by address, have the provider send the claim that is named here for it."),
  ADDRESS_UNVERIFIED(
      "Somebody came through, and the address does not count: the provider did not say that it verified it. Have it send email_verified, as true and not as a text."),
  ADDRESS_UNPROVEN(
      "Somebody came through, and the address does not count: this workspace has not proven its domain. Prove it on the page Domains."),
  DECLINED(
      "The provider sent back an error instead of a sign-in: whoever tried turned back, or it does not let this client or this person in."),
  UNAVAILABLE("The provider could not be used."),
  /** A {@link dev.cofferdam.server.identity.oidc.SignInFault} says why. */
  REFUSED("What came back was not to be believed.");

  private final String sentence;

  TrialOutcome(String sentence) {
    this.sentence = sentence;
  }

  /** Whether somebody came through, so that the provider can be activated. */
  boolean isThrough() {
    return switch (this) {
      case PASSED, ADDRESS_MISSING, ADDRESS_UNVERIFIED, ADDRESS_UNPROVEN -> true;
      case DECLINED, UNAVAILABLE, REFUSED -> false;
    };
  }

  String sentence() {
    return sentence;
  }
}
