package dev.cofferdam.server.keyring;

/** What came of announcing a key. */
public sealed interface Announcement {
  /** It is announced now. */
  record Announced(KeyInfo key) implements Announcement {}

  /** One was announced before. */
  record AlreadyThere(KeyInfo key) implements Announcement {}

  /** The version that was named is not the active one (any more), or nothing is active. */
  record NotActive() implements Announcement {}
}
