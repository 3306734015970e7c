package dev.cofferdam.server.surface;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a handler demands of the caller's {@link SignIn}. */
public enum Assurance {
  /** Any sign-in, however long ago. */
  SIGNED_IN(AcrClass.SINGLE_FACTOR, null),
  /** More than one factor, however long ago. */
  MULTI_FACTOR(AcrClass.MULTI_FACTOR, null),
  /** More than one factor, within the last five minutes. */
  RECENT_MULTI_FACTOR(AcrClass.MULTI_FACTOR, Duration.ofMinutes(5)),
  /** A factor that cannot be phished, however long ago. */
  PHISHING_RESISTANT(AcrClass.PHISHING_RESISTANT, null);

  private final AcrClass acr;
  private final @Nullable Duration maxAge;

  Assurance(AcrClass acr, @Nullable Duration maxAge) {
    this.acr = acr;
    this.maxAge = maxAge;
  }

  /** That demands this class, at whatever age. */
  public static Assurance of(AcrClass least) {
    return switch (least) {
      case SINGLE_FACTOR -> SIGNED_IN;
      case MULTI_FACTOR -> MULTI_FACTOR;
      case PHISHING_RESISTANT -> PHISHING_RESISTANT;
    };
  }

  /** The weakest class that will do. */
  public AcrClass acr() {
    return acr;
  }

  /** How long ago the sign-in may lie, or null when that does not matter. */
  public @Nullable Duration maxAge() {
    return maxAge;
  }

  /**
   * Whether {@code signIn} is enough at {@code now}. Exactly as old as allowed is enough; one that
   * claims to lie in the future is not, where age matters.
   */
  public boolean isMetBy(SignIn signIn, Instant now) {
    if (signIn.acr().compareTo(acr) < 0) {
      return false;
    }
    return maxAge == null || !signIn.at().isAfter(now) && !signIn.at().isBefore(now.minus(maxAge));
  }
}
