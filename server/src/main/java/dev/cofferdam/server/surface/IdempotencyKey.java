package dev.cofferdam.server.surface;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The client's name for one attempt to create something
 * (draft-ietf-httpapi-idempotency-key-header).
 *
 * @param value 1 to 128 visible ASCII characters without quotes and backslashes
 */
public record IdempotencyKey(String value) {
  public static final String HEADER = "Idempotency-Key";

  private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e&&[^\"\\\\]]{1,128}");

  public IdempotencyKey {
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("an idempotency key is 1 to 128 visible characters");
    }
  }

  /** Reads the header field: a string in quotes as the draft has it, or bare as clients send it. */
  public static Optional<IdempotencyKey> ofHeader(String field) {
    String bare =
        field.length() > 1 && field.startsWith("\"") && field.endsWith("\"")
            ? field.substring(1, field.length() - 1)
            : field;
    return VALUE.matcher(bare).matches() ? Optional.of(new IdempotencyKey(bare)) : Optional.empty();
  }
}
