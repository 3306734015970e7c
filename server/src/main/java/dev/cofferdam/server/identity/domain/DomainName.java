package dev.cofferdam.server.identity.domain;

import dev.cofferdam.server.egress.PublicSuffixes;
import dev.cofferdam.server.mail.EmailAddress;
import java.util.Optional;

/**
 * A domain in ASCII and lower case, as addresses are compared and as it is shown, so that letters
 * which look alike never do.
 */
public record DomainName(String text) {
  /** Leaves room for the label in front of it. */
  private static final int LONGEST = 253 - Challenge.LABEL.length() - 1;

  public DomainName {
    if (text.length() > LONGEST || EmailAddress.domain(text).filter(text::equals).isEmpty()) {
      throw new IllegalArgumentException("`" + text + "` is no domain");
    }
  }

  /** As a person wrote it; empty when it is none, or one under which anybody may register. */
  public static Optional<DomainName> of(String text) {
    return EmailAddress.domain(text.strip())
        .filter(name -> name.length() <= LONGEST && !PublicSuffixes.has(name))
        .map(DomainName::new);
  }

  @Override
  public String toString() {
    return text;
  }
}
