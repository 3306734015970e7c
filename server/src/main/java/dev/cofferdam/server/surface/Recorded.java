package dev.cofferdam.server.surface;

import java.util.Objects;

/**
 * What a handler answers after a change: the body, and the record that the service wrote in the
 * same transaction. The edge waits for that record's receipt before it answers.
 *
 * @param body what the client gets, rendered as if it had been returned alone
 */
public record Recorded<T>(RecordId record, T body) {
  public Recorded {
    Objects.requireNonNull(record, "record");
    Objects.requireNonNull(body, "body");
  }
}
