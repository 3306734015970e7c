package dev.cofferdam.server.identity.oidc;

import dev.cofferdam.server.identity.ForeignIdentity;
import dev.cofferdam.server.identity.ReturnPath;
import dev.cofferdam.server.identity.SignInAim;

/** What a sign-in came to. */
public sealed interface Ended {

  /**
   * The person has proven who they are.
   *
   * @param aim what they have done so for
   * @param returnTo where to go on to
   */
  record SignedIn(ForeignIdentity who, SignInAim aim, ReturnPath returnTo) implements Ended {}

  /** The identity provider says that nobody signed in: the person may have turned back. */
  record Declined() implements Ended {}

  /**
   * What came back is not to be believed.
   *
   * @param reason for records, in lower-case words
   */
  record Refused(String reason) implements Ended {}

  /** No such sign-in began in this browser, or it was used, or is too old. */
  record NotBegunHere() implements Ended {}

  /** The identity provider cannot be used now. */
  record IdpUnavailable(Trouble trouble) implements Ended {}
}
