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

  /**
   * The thing.
   *
   * @throws dev.cofferdam.server.surface.RefusedException with the reason when it is hidden
   */
  default T orThrow() {
    return switch (this) {
      case Seen<T> seen -> seen.thing();
      case Hidden<T> hidden -> throw hidden.reason().refusal().thrown();
    };
  }
}
