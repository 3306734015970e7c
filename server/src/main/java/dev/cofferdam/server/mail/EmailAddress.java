package dev.cofferdam.server.mail;

import com.ibm.icu.text.IDNA;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address, in the one way in which this server writes and compares it: in lower case, its
 * domain in ASCII. Two addresses are the same exactly when they are equal. Nobody's local part is
 * told apart by case, and no address has quotes, comments, or letters outside ASCII before the
 * {@code @}.
 */
public final class EmailAddress {
  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL = 64;
  private static final Pattern LOCAL =
      Pattern.compile("[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final IDNA NAMES =
      IDNA.getUTS46Instance(
          IDNA.USE_STD3_RULES
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ
              | IDNA.NONTRANSITIONAL_TO_ASCII);

  private final String local;
  private final String domain;

  private EmailAddress(String local, String domain) {
    this.local = local;
    this.domain = domain;
  }

  /** Reads an address as a person or a provider wrote it; empty when it is none. */
  public static Optional<EmailAddress> of(String text) {
    int at = text.indexOf('@');
    if (at < 1 || text.length() > LONGEST) {
      return Optional.empty();
    }
    String local = text.substring(0, at).toLowerCase(Locale.ROOT);
    Optional<String> domain = domain(text.substring(at + 1));
    return local.length() <= LONGEST_LOCAL
            && LOCAL.matcher(local).matches()
            && domain.isPresent()
            && local.length() + 1 + domain.get().length() <= LONGEST
        ? Optional.of(new EmailAddress(local, domain.get()))
        : Optional.empty();
  }

  /** A domain as addresses are compared by it: lower case, ASCII, two labels or more. */
  public static Optional<String> domain(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    IDNA.Info info = new IDNA.Info();
    String ascii =
        NAMES.nameToASCII(text, new StringBuilder(), info).toString().toLowerCase(Locale.ROOT);
    return !info.hasErrors() && ascii.length() < LONGEST && DOMAIN.matcher(ascii).matches()
        ? Optional.of(ascii)
        : Optional.empty();
  }

  public String text() {
    return local + "@" + domain;
  }

  public String domain() {
    return domain;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EmailAddress address
        && address.local.equals(local)
        && address.domain.equals(domain);
  }

  @Override
  public int hashCode() {
    return local.hashCode() * 31 + domain.hashCode();
  }

  /** Without the address, which is somebody's. */
  @Override
  public String toString() {
    return "an e-mail address";
  }
}
