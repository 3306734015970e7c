package dev.cofferdam.server.oauth;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a client: the id of one that was registered, of a node, or the address of a client's own
 * metadata document. No secret.
 *
 * @param value 1 to 2,000 characters of RFC 6749, appendix A.1, without the space
 */
public record ClientId(String value) {
  private static final Pattern FORM = Pattern.compile("[!-~]{1,2000}");

  public ClientId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a client's id is 1 to 2,000 visible ASCII characters");
    }
  }

  /** The id of a text; empty when it has not the form of one. */
  public static Optional<ClientId> ofText(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new ClientId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
