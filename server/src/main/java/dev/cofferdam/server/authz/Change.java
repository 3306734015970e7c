package dev.cofferdam.server.authz;

import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;

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

  /**
   * What was done.
   *
   * @throws dev.cofferdam.server.surface.RefusedException with why it was not
   */
  default Recorded<T> orThrow() {
    return switch (this) {
      case Done<T> done -> done.answer();
      case Denied<T> denied -> throw denied.reason().refusal().thrown();
      case Unknown<T> unknown -> throw Refusal.notFound().because("not_visible").thrown();
      case Outdated<T> outdated -> throw Refusal.of(ProblemCode.PRECONDITION_FAILED).thrown();
      case NameTaken<T> taken -> throw Refusal.of(ProblemCode.NAME_TAKEN).thrown();
      case NobodyThere<T> nobody -> throw Refusal.notFound().because("nobody_there").thrown();
    };
  }
}
