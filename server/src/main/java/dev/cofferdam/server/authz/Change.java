package dev.cofferdam.server.authz;

import dev.cofferdam.server.surface.Recorded;

/**
 * What became of a wish to change something.
 *
 * @param <T> what is answered when it was done
 */
public sealed interface Change<T> {
  /** It was done, and its record stands in the same transaction. */
  record Done<T>(Recorded<T> answer) implements Change<T> {}

  /** The policies denied it. */
  record Denied<T>(Reason reason) implements Change<T> {}

  /** There is no such thing in this tenant. */
  record Unknown<T>() implements Change<T> {}

  /** It was changed by somebody else meanwhile. */
  record Outdated<T>() implements Change<T> {}

  /** Another one of the tenant has this name. */
  record NameTaken<T>() implements Change<T> {}

  /** There is no such person or group in this tenant. */
  record NobodyThere<T>() implements Change<T> {}
}
