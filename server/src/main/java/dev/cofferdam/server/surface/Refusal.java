package dev.cofferdam.server.surface;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that was expected, as a value. A handler throws it once, by {@link #thrown}; the edge
 * renders it. Nothing in it may come from the request.
 *
 * @param field the member of the request body, or the parameter, that is wrong
 * @param retryAfter after which the same request may do
 * @param record where the caller finds out later what came of it
 * @param required the sign-in that would do
 * @param scopes of a token that would do, one of them, separated by spaces
 * @param reason for the audit record of a denial alone, never sent: lower-case words
 * @param by who is refused, where the handler came to know them by something that is no credential
 *     of a request; the record is theirs. Never sent
 */
public record Refusal(
    ProblemCode code,
    @Nullable String field,
    @Nullable Duration retryAfter,
    @Nullable RecordId record,
    @Nullable Assurance required,
    @Nullable String scopes,
    @Nullable String reason,
    @Nullable Caller by) {
  private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_.\\[\\]]{0,99}");
  private static final Pattern REASON = Pattern.compile("[a-z][a-z_]{0,39}");

  public Refusal {
    Objects.requireNonNull(code, "code");
    if (field != null && !FIELD.matcher(field).matches()) {
      throw new IllegalArgumentException("a field is named as the API names it");
    }
    if (reason != null && !REASON.matcher(reason).matches()) {
      throw new IllegalArgumentException("a reason is lower-case words joined by underscores");
    }
  }

  public static Refusal of(ProblemCode code) {
    return new Refusal(code, null, null, null, null, null, null, null);
  }

  /** The one answer for what is missing and for what is another's. */
  public static Refusal notFound() {
    return of(ProblemCode.NOT_FOUND);
  }

  /** A field of the request has a value that it cannot have. */
  public static Refusal invalid(String field) {
    return new Refusal(ProblemCode.INVALID_FIELD, field, null, null, null, null, null, null);
  }

  /** The person must sign in again, in this way. */
  public static Refusal stepUp(Assurance required) {
    return new Refusal(
        ProblemCode.INSUFFICIENT_USER_AUTHENTICATION, null, null, null, required, null, null, null);
  }

  /** The token allows less than its holder may; one with any of these scopes would do. */
  public static Refusal scope(TokenScope... needed) {
    return new Refusal(
        ProblemCode.INSUFFICIENT_SCOPE,
        null,
        null,
        null,
        null,
        TokenScope.listed(needed),
        null,
        null);
  }

  public Refusal at(String wrong) {
    return new Refusal(code, wrong, retryAfter, record, required, scopes, reason, by);
  }

  public Refusal after(Duration wait) {
    return new Refusal(code, field, wait, record, required, scopes, reason, by);
  }

  public Refusal recordedAs(RecordId written) {
    return new Refusal(code, field, retryAfter, written, required, scopes, reason, by);
  }

  public Refusal because(String why) {
    return new Refusal(code, field, retryAfter, record, required, scopes, why, by);
  }

  public Refusal to(Caller known) {
    return new Refusal(code, field, retryAfter, record, required, scopes, reason, known);
  }

  /** To be thrown by the handler. */
  public RefusedException thrown() {
    return new RefusedException(this);
  }
}
