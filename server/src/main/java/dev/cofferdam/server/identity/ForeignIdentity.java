package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.AcrClass;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whom an identity provider has signed in, as its verified token says.
 *
 * @param issuer exactly as configured, up to 500 characters
 * @param subject the issuer's own name for the person, up to 255 characters: with the issuer, all
 *     that a person is told apart by
 * @param email the address, if the issuer says that it verified it; shown, and never looked up by
 * @param name to be shown
 * @param acr what the issuer's own value means here
 * @param amr the methods that it names, for records alone
 * @param authTime when the person proved who they are
 * @param operator whether the platform's own identity provider names them an operator; no other can
 */
public record ForeignIdentity(
    String issuer,
    String subject,
    @Nullable String email,
    @Nullable String name,
    AcrClass acr,
    List<String> amr,
    Instant authTime,
    boolean operator) {
  private static final int LONGEST_ISSUER = 500;
  private static final int LONGEST_SUBJECT = 255;

  public ForeignIdentity {
    requireLength("issuer", issuer, LONGEST_ISSUER);
    requireLength("subject", subject, LONGEST_SUBJECT);
    Objects.requireNonNull(acr, "acr");
    Objects.requireNonNull(authTime, "authTime");
    amr = List.copyOf(amr);
  }

  /** Somebody of an issuer that names no operators. */
  public ForeignIdentity(
      String issuer,
      String subject,
      @Nullable String email,
      @Nullable String name,
      AcrClass acr,
      List<String> amr,
      Instant authTime) {
    this(issuer, subject, email, name, acr, amr, authTime, false);
  }

  private static void requireLength(String what, String text, int most) {
    if (text.isEmpty() || text.length() > most) {
      throw new IllegalArgumentException("the " + what + " has 1 to " + most + " characters");
    }
  }

  /** Without name and address. */
  @Override
  public String toString() {
    return "ForeignIdentity[" + acr + " at " + authTime + "]";
  }
}
