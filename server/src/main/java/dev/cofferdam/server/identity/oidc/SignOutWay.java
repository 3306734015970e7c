package dev.cofferdam.server.identity.oidc;

import java.net.URI;

/** Where a browser signs out at an identity provider too. */
public sealed interface SignOutWay {
  /**
   * There, and back with this state.
   *
   * @param location at the identity provider
   */
  record Redirect(URI location, String state) implements SignOutWay {}

  /** The identity provider has no such place, or none that a browser may be sent to. */
  record None() implements SignOutWay {}

  /** The identity provider cannot be asked now. */
  record IdpUnavailable() implements SignOutWay {}
}
