package dev.cofferdam.server.identity.oidc;

import dev.cofferdam.server.identity.ReturnPath;
import dev.cofferdam.server.identity.SignInAim;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in to begin.
 *
 * @param redirect where the identity provider sends the browser back to
 * @param returnTo where to go on to afterwards
 * @param maxAge how long ago the person may have proven who they are; with it they must do so anew
 *     now, whatever the identity provider remembers of them
 * @param acrValues of which one must be reached; none when any will do
 */
public record SignInRequest(
    URI redirect,
    ReturnPath returnTo,
    SignInAim aim,
    @Nullable Duration maxAge,
    List<String> acrValues) {

  public SignInRequest {
    acrValues = List.copyOf(acrValues);
  }

  /** Any sign-in will do. */
  public static SignInRequest plain(URI redirect, ReturnPath returnTo) {
    return new SignInRequest(redirect, returnTo, new SignInAim.AsPerson(), null, List.of());
  }
}
