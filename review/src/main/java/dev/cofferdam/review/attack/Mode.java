package dev.cofferdam.review.attack;

/** What an attack does to its target beside the attack. */
public enum Mode {
  /** Leaves everything as it was: the only mode that may run against a system in use. */
  SAFE,
  /** Leaves rows, log lines or load behind. */
  NOISY,
  /** May leave the target unusable: it gets one of its own. */
  DESTRUCTIVE
}
