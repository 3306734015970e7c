package dev.cofferdam.server.identity.oidc;

import dev.cofferdam.server.identity.ForeignIdentity;
import dev.cofferdam.server.identity.ReturnPath;
import dev.cofferdam.server.identity.SignInAim;
import org.jspecify.annotations.Nullable;

/** What a sign-in came to. */
public sealed interface Ended {

  /**
   * The person has proven who they are.
   *
   * @param unverified the address that the provider names, where it is not one that it verified
   * @param aim what they have done so for
   * @param returnTo where to go on to
   */
  record SignedIn(
      ForeignIdentity who,
      @Nullable UnverifiedAddress unverified,
      SignInAim aim,
      ReturnPath returnTo)
      implements Ended {}

  /** The identity provider says that nobody signed in: the person may have turned back. */
  record Declined() implements Ended {}

  /** What came back is not to be believed. */
  record Refused(SignInFault fault) implements Ended {}

  /** No such sign-in began in this browser, or it was used, or is too old. */
  record NotBegunHere() implements Ended {}

  /** The identity provider cannot be used now. */
  record IdpUnavailable(Trouble trouble) implements Ended {}
}
