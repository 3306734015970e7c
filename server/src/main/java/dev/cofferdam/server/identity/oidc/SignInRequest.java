package dev.cofferdam.server.identity.oidc;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in to begin.
 *
 * @param redirect where the identity provider sends the browser back to
 * @param returnTo the path on this server to go on to afterwards
 * @param again whether the person is to prove anew who they are
 * @param maxAge how long ago they may have done so at most
 * @param acrValues of which one must be reached; none when any will do
 */
public record SignInRequest(
    URI redirect,
    String returnTo,
    boolean again,
    @Nullable Duration maxAge,
    List<String> acrValues) {
  private static final int LONGEST = 512;

  /** A path of ours: never another host, in no browser's reading of it. */
  private static final Pattern PATH = Pattern.compile("/([A-Za-z0-9._~-][A-Za-z0-9._~/?=&%-]*)?");

  public SignInRequest {
    acrValues = List.copyOf(acrValues);
    if (!isPath(returnTo)) {
      throw new IllegalArgumentException("the way back is a path of this server");
    }
  }

  /** Any sign-in will do. */
  public static SignInRequest plain(URI redirect, String returnTo) {
    return new SignInRequest(redirect, returnTo, false, null, List.of());
  }

  /** Whether a text is a path that a browser can be sent on to. */
  public static boolean isPath(String text) {
    return text.length() <= LONGEST && PATH.matcher(text).matches();
  }
}
