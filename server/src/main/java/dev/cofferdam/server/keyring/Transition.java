package dev.cofferdam.server.keyring;

/** What came of retiring or destroying a key. */
public sealed interface Transition {
  /** It is now in the state that was asked for. */
  record Moved(KeyInfo key) implements Transition {}

  /** It was in that state, or beyond it, already. */
  record AlreadyThere(KeyInfo key) implements Transition {}

  /** It is the active key of its ring, or the one that is to be: rotate first. */
  record StillActive(KeyInfo key) implements Transition {}

  /** The ring has no such version. */
  record NoSuchKey() implements Transition {}
}
