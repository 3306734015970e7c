package dev.cofferdam.server.identity.oidc;

import java.net.URI;

/** What beginning a sign-in came to. */
public sealed interface Begun {

  /**
   * The browser goes there, with the handle in its cookie.
   *
   * @param location at the identity provider
   */
  record Redirect(URI location, BrowserHandle browser) implements Begun {}

  /** The identity provider cannot be used now: nobody can sign in, and nobody is signed out. */
  record IdpUnavailable(Trouble trouble) implements Begun {}
}
