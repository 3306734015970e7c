package dev.cofferdam.server.secrets;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Recorded;

/**
 * What became of a wish to change something about a secret.
 *
 * @param <T> what is answered when it was done
 */
public sealed interface SecretChange<T> {
  /** It was done, and its record stands in the same transaction. */
  record Done<T>(Recorded<T> answer) implements SecretChange<T> {}

  /** The policies denied it. */
  record Denied<T>(Reason reason) implements SecretChange<T> {}

  /** There is no such secret in this project. */
  record Unknown<T>() implements SecretChange<T> {}

  /** It was changed by somebody else meanwhile. */
  record Outdated<T>() implements SecretChange<T> {}

  /** Another secret of the project has this name, maybe one that is deleted. */
  record NameTaken<T>() implements SecretChange<T> {}

  /** The project has as many as it may. */
  record TooMany<T>() implements SecretChange<T> {}

  /** It is to refer to a secret store, and the platform has none. */
  record NoStore<T>() implements SecretChange<T> {}

  /**
   * It is deleted and would have to be restored first, or the other way round; or its value lies
   * elsewhere.
   */
  record NotInThisState<T>() implements SecretChange<T> {}
}
