package dev.cofferdam.server.authz.web;

import dev.cofferdam.server.authz.Change;
import dev.cofferdam.server.authz.GivenName;
import dev.cofferdam.server.authz.Shown;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import org.jspecify.annotations.Nullable;

/** How outcomes are said to the client: the same words for groups, projects and grants. */
final class Answers {
  private Answers() {}

  static <T> T of(Shown<T> shown) {
    return switch (shown) {
      case Shown.Seen<T> seen -> seen.thing();
      case Shown.Hidden<T> hidden -> throw hidden.reason().refusal().thrown();
    };
  }

  static <T> Recorded<T> of(Change<T> change) {
    return switch (change) {
      case Change.Done<T> done -> done.answer();
      case Change.Denied<T> denied -> throw denied.reason().refusal().thrown();
      case Change.Unknown<T> unknown -> throw Refusal.notFound().because("not_visible").thrown();
      case Change.Outdated<T> outdated ->
          throw Refusal.of(ProblemCode.PRECONDITION_FAILED).thrown();
      case Change.NameTaken<T> taken -> throw Refusal.of(ProblemCode.NAME_TAKEN).thrown();
      case Change.NobodyThere<T> nobody ->
          throw Refusal.notFound().because("nobody_there").thrown();
    };
  }

  static GivenName name(@Nullable String text) {
    if (text == null) {
      throw Refusal.invalid("name").thrown();
    }
    return GivenName.of(text).orElseThrow(() -> Refusal.invalid("name").thrown());
  }
}
