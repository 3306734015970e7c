package dev.cofferdam.server.edge;

import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal asks for: RFC 6750, section 3, RFC 9470 where a stronger or newer sign-in would
 * do, and RFC 9449 where a better proof would.
 */
final class Challenge {
  private static final String SCHEME = "Bearer realm=\"cofferdam\"";

  /** RFC 9449, section 7.1; the algorithms are those of docs/design/oauth.md. */
  private static final String PROOF =
      "DPoP realm=\"cofferdam\", error=\"invalid_dpop_proof\", algs=\"ES256 EdDSA PS256\"";

  private static final String METADATA = "/.well-known/oauth-protected-resource";
  private static final int UNAUTHORIZED = 401;

  private Challenge() {}

  /**
   * The same, and where a client that has no token that is good finds out how to get one (RFC 9728,
   * section 5.1).
   *
   * @param origin of this server
   */
  static Optional<String> of(Refusal refusal, String origin) {
    return of(refusal)
        .map(
            asked ->
                refusal.code() == ProblemCode.UNAUTHENTICATED
                        || refusal.code() == ProblemCode.INVALID_TOKEN
                    ? asked + parameter("resource_metadata", origin + METADATA)
                    : asked);
  }

  /** Empty for a refusal that no other credential would help. */
  static Optional<String> of(Refusal refusal) {
    ProblemCode code = refusal.code();
    return switch (code) {
      case AMBIGUOUS_CREDENTIALS -> Optional.of(error("invalid_request"));
      case INVALID_TOKEN -> Optional.of(error("invalid_token"));
      case INVALID_DPOP_PROOF -> Optional.of(PROOF);
      case INSUFFICIENT_SCOPE ->
          Optional.of(error("insufficient_scope") + parameter("scope", refusal.scopes()));
      case INSUFFICIENT_USER_AUTHENTICATION -> Optional.of(signIn(refusal.required()));
      default -> code.status() == UNAUTHORIZED ? Optional.of(SCHEME) : Optional.empty();
    };
  }

  private static String signIn(@Nullable Assurance required) {
    if (required == null) {
      return SCHEME;
    }
    Duration age = required.maxAge();
    return error("insufficient_user_authentication")
        + parameter("acr_values", required.acr().name().toLowerCase(Locale.ROOT))
        + parameter("max_age", age == null ? null : Long.toString(age.toSeconds()));
  }

  private static String error(String code) {
    return SCHEME + parameter("error", code);
  }

  private static String parameter(String name, @Nullable String value) {
    return value == null ? "" : ", " + name + "=\"" + value + '"';
  }
}
