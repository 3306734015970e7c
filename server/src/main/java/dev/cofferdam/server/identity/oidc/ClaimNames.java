package dev.cofferdam.server.identity.oidc;

import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.modulith.NamedInterface;

/**
 * By which claims a provider says what people are called and what their address is.
 *
 * @param name of the claim with the name to be shown
 * @param email of the claim with the address
 */
@NamedInterface("provider")
public record ClaimNames(String name, String email) {
  private static final String STANDARD_EMAIL = "email";

  /** Those of OpenID Connect. */
  public static final ClaimNames STANDARD = new ClaimNames("name", STANDARD_EMAIL);

  private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_.:/-]{0,199}");

  /** What says something about the token, or about whoever signed in, and is no name or address. */
  private static final Set<String> TAKEN =
      Set.of(
          "iss",
          "sub",
          "aud",
          "exp",
          "iat",
          "nbf",
          "jti",
          "azp",
          "nonce",
          "acr",
          "amr",
          "auth_time",
          "at_hash",
          "c_hash",
          "s_hash",
          "sid",
          "email_verified");

  /** Whether a claim of this name may be what people are shown by. */
  public static boolean isName(String text) {
    return FORM.matcher(text).matches() && !TAKEN.contains(text);
  }

  /** Whether {@code email_verified} speaks of the address: it does of the standard claim alone. */
  public boolean isVouchedFor() {
    return email.equals(STANDARD_EMAIL);
  }
}
