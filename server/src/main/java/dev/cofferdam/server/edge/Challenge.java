package dev.cofferdam.server.edge;

import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import java.time.Duration;
import java.util.Locale;

/** What a 401 asks for: RFC 9470 where a stronger or newer sign-in would do. */
final class Challenge {
  private static final String SCHEME = "Bearer realm=\"cofferdam\"";

  private Challenge() {}

  static String of(Refusal refusal) {
    Assurance required = refusal.required();
    if (refusal.code() != ProblemCode.INSUFFICIENT_USER_AUTHENTICATION || required == null) {
      return SCHEME;
    }
    Duration age = required.maxAge();
    return SCHEME
        + ", error=\"insufficient_user_authentication\", acr_values=\""
        + required.acr().name().toLowerCase(Locale.ROOT)
        + '"'
        + (age == null ? "" : ", max_age=\"" + age.toSeconds() + '"');
  }
}
