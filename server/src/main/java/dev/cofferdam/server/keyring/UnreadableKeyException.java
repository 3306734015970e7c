package dev.cofferdam.server.keyring;

/**
 * A stored key does not open: its row was altered, or came from another row, tenant or database.
 * Never an expected refusal; somebody has been at the database.
 */
public final class UnreadableKeyException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  UnreadableKeyException(Ring ring, KeyId id) {
    super(
        "key "
            + id
            + " of `"
            + ring.purpose().label()
            + "` does not open: its row was altered or came from elsewhere");
  }
}
