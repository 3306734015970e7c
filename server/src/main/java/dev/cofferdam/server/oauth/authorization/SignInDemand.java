package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.OAuthForm;
import dev.cofferdam.server.surface.SignIn;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a client wants its person to have signed in: {@code acr_values} and {@code max_age} of a
 * request (RFC 9470, section 4).
 *
 * @param least how strongly
 * @param maxAge how long ago at most, if that matters
 */
public record SignInDemand(AcrClass least, Optional<Duration> maxAge) {
  /** Any sign-in will do. */
  public static final SignInDemand NONE =
      new SignInDemand(AcrClass.SINGLE_FACTOR, Optional.empty());

  private static final String AGE_FIELD = "max_age";
  private static final Pattern AGE = Pattern.compile("0|[1-9][0-9]{0,4}");
  private static final int LONGEST_AGE = 86_400;

  /** Whether there is an age that can be read, or none. */
  public static boolean isWellFormed(OAuthForm form) {
    return form.find(AGE_FIELD).map(SignInDemand::isAge).orElse(true);
  }

  private static boolean isAge(String text) {
    return AGE.matcher(text).matches() && Integer.parseInt(text) <= LONGEST_AGE;
  }

  /**
   * What a form demands: the weakest class that would do, and the age if it can be read. Empty when
   * it names classes, and there is none of them here.
   */
  public static Optional<SignInDemand> of(OAuthForm form) {
    return least(form)
        .map(
            least ->
                new SignInDemand(
                    least,
                    form.find(AGE_FIELD)
                        .filter(SignInDemand::isAge)
                        .map(Long::parseLong)
                        .map(Duration::ofSeconds)));
  }

  private static Optional<AcrClass> least(OAuthForm form) {
    Optional<String> values = form.find("acr_values");
    if (values.isEmpty()) {
      return Optional.of(AcrClass.SINGLE_FACTOR);
    }
    List<String> named = List.of(values.get().split(" ", -1));
    return Arrays.stream(AcrClass.values())
        .filter(one -> named.contains(one.name().toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /**
   * Whether a sign-in is what is asked for.
   *
   * @param made what was signed in since then counts as done for this request, whatever its age
   */
  public boolean isMetBy(SignIn signIn, Instant now, Instant made) {
    if (signIn.acr().compareTo(least) < 0) {
      return false;
    }
    return maxAge.isEmpty()
        || !signIn.at().isAfter(now)
            && (!signIn.at().isBefore(now.minus(maxAge.get())) || !signIn.at().isBefore(made));
  }
}
