package dev.cofferdam.server.audit.read;

import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for, as they wrote it. What is null or empty does not matter.
 *
 * @param actor kind and id with a colon between them, such as {@code person:0190…}
 * @param object the same
 * @param outcome {@code done}, {@code denied} or {@code failed}
 * @param from the earliest time (RFC 3339, in UTC)
 * @param to the time before which
 */
public record Filter(
    @Nullable String actor,
    @Nullable String action,
    @Nullable String object,
    @Nullable String outcome,
    @Nullable String from,
    @Nullable String to) {
  private static final Pattern ACTION = Pattern.compile("[a-z][a-z_]*(\\.[a-z][a-z_]*){1,3}");
  private static final int LONGEST_ACTION = 80;

  /** As somebody wrote it who looks for everything. */
  public static final Filter NONE = new Filter(null, null, null, null, null, null);

  /** What was understood of it. */
  public sealed interface Read {
    /** All of it. */
    record Good(RecordQuery query) implements Read {}

    /** A field has a value that nothing can be looked for by. */
    record Wrong(String field) implements Read {}
  }

  /** Thrown while reading, and never out of it. */
  private static final class WrongException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String field;

    WrongException(String field) {
      super(field, null, false, false);
      this.field = field;
    }
  }

  /** Whether anything matters. */
  public boolean isEmpty() {
    return equals(NONE);
  }

  public Filter {
    actor = emptyAsNull(actor);
    action = emptyAsNull(action);
    object = emptyAsNull(object);
    outcome = emptyAsNull(outcome);
    from = emptyAsNull(from);
    to = emptyAsNull(to);
  }

  private static @Nullable String emptyAsNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /**
   * The query for its first page.
   *
   * @param limit of the page, 1 to 200
   */
  public Read read(int limit) {
    try {
      return new Read.Good(
          new RecordQuery(
              party("actor", actor),
              readAction(),
              party("object", object),
              readOutcome(),
              time("from", from),
              time("to", to),
              null,
              limit));
    } catch (WrongException wrong) {
      return new Read.Wrong(wrong.field);
    }
  }

  private static @Nullable Party party(String field, @Nullable String text) throws WrongException {
    if (text == null) {
      return null;
    }
    int colon = text.indexOf(':');
    try {
      return new Party(text.substring(0, Math.max(0, colon)), text.substring(colon + 1));
    } catch (IllegalArgumentException noParty) {
      throw new WrongException(field);
    }
  }

  private @Nullable String readAction() throws WrongException {
    if (action != null && (action.length() > LONGEST_ACTION || !ACTION.matcher(action).matches())) {
      throw new WrongException("action");
    }
    return action;
  }

  private @Nullable Outcome readOutcome() throws WrongException {
    if (outcome == null) {
      return null;
    }
    Optional<Outcome> known =
        Arrays.stream(Outcome.values()).filter(one -> one.word().equals(outcome)).findFirst();
    if (known.isEmpty()) {
      throw new WrongException("outcome");
    }
    return known.get();
  }

  private static @Nullable Instant time(String field, @Nullable String text) throws WrongException {
    if (text == null) {
      return null;
    }
    try {
      Instant time = Instant.parse(text);
      // PostgreSQL counts in microseconds, and years as far as this.
      if (!time.isBefore(Instant.EPOCH) && time.isBefore(Instant.parse("9999-12-31T00:00:00Z"))) {
        return time.truncatedTo(ChronoUnit.MICROS);
      }
    } catch (DateTimeException noTime) {
      // Told below.
    }
    throw new WrongException(field);
  }
}
