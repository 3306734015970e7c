package dev.cofferdam.server.nodes.web;

import dev.cofferdam.server.authz.Change;
import dev.cofferdam.server.authz.GivenName;
import dev.cofferdam.server.authz.Shown;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;

/** How outcomes are said to the client. */
final class Answers {
  private Answers() {}

  static <T> T of(Shown<T> shown) {
    return shown.orThrow();
  }

  static <T> Recorded<T> of(Change<T> change) {
    return switch (change) {
      case Change.Done<T>(Recorded<T> answer) -> answer;
      case Change.Denied<T>(var reason) -> throw reason.refusal().thrown();
      case Change.Outdated<T> outdated ->
          throw Refusal.of(ProblemCode.PRECONDITION_FAILED).thrown();
      case Change.NameTaken<T> taken -> throw Refusal.of(ProblemCode.NAME_TAKEN).thrown();
      case Change.Unknown<T> unknown -> throw Refusal.notFound().thrown();
      case Change.NobodyThere<T> nobody -> throw Refusal.notFound().thrown();
    };
  }

  static GivenName name(String text) {
    return GivenName.of(text).orElseThrow(() -> Refusal.invalid("name").thrown());
  }
}
