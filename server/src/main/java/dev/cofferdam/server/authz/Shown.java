package dev.cofferdam.server.authz;

/**
 * What a reader gets to see.
 *
 * @param <T> what was asked for
 */
public sealed interface Shown<T> {
  /** This. */
  record Seen<T>(T thing) implements Shown<T> {}

  /** Nothing; also when there is no such thing. */
  record Hidden<T>(Reason reason) implements Shown<T> {}
}
