package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Assurance;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Where pages send people to sign in. */
public final class SignInLinks {
  /** The page that says what signing out came to. */
  public static final String SIGNED_OUT = "/signed-out";

  /** The page with a tenant's own identity providers. */
  public static final String PROVIDERS = "/identity-providers";

  private SignInLinks() {}

  /** To the page of one of them. */
  public static String provider(ProviderId id) {
    return PROVIDERS + "/" + id;
  }

  /** To that page, for a session that began at this provider; at the platform's when empty. */
  public static String signedOut(Optional<ProviderId> provider) {
    return SIGNED_OUT + provider.map(id -> "?provider=" + id).orElse("");
  }

  /** To a session. */
  public static String signIn(ReturnPath back) {
    return "/sign-in?return_to=" + back.encoded();
  }

  /**
   * To a new session, at the provider that this one began at, that begins as strongly as this: what
   * a session gains is a workspace's.
   */
  public static String signInAgain(Assurance required, ReturnPath back) {
    return "/sign-in/again?acr_values="
        + required.acr().name().toLowerCase(Locale.ROOT)
        + "&return_to="
        + back.encoded();
  }

  /** To the session of an operator. */
  public static String signInAsOperator(ReturnPath back) {
    return "/operator/sign-in?return_to=" + back.encoded();
  }

  /** To the sign-in that a challenge asks for, in the session that there is. */
  public static String stepUp(Assurance required, ReturnPath back) {
    return stepUp(required.acr(), Optional.ofNullable(required.maxAge()), back);
  }

  /** To one of at least this class, and no longer ago than this if that matters. */
  public static String stepUp(AcrClass least, Optional<Duration> maxAge, ReturnPath back) {
    return "/step-up?acr_values="
        + least.name().toLowerCase(Locale.ROOT)
        + maxAge.map(age -> "&max_age=" + age.toSeconds()).orElse("")
        + "&return_to="
        + back.encoded();
  }
}
