package dev.cofferdam.server.keyring;

/** What came of a rotation. */
public sealed interface Rotation {
  /** {@code active} has taken over. */
  record Rotated(KeyInfo active) implements Rotation {}

  /** Somebody rotated this version before: {@code active} is the key that took over then. */
  record Overtaken(KeyInfo active) implements Rotation {}

  /** The ring was never used, or is destroyed: there is nothing to rotate. */
  record NothingActive() implements Rotation {}
}
