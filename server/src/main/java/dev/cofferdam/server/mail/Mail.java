package dev.cofferdam.server.mail;

/** Delivers letters. Safe for use by many threads; a call blocks the caller's for seconds. */
public interface Mail {
  /**
   * Hands a letter over, once. Never throws for what a mail server or a disk does. After {@link
   * Delivery.Deferred} the letter may still have been taken: what it says must bear being sent
   * twice.
   */
  Delivery deliver(Letter letter);
}
