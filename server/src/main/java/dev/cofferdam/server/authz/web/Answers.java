package dev.cofferdam.server.authz.web;

import dev.cofferdam.server.authz.Change;
import dev.cofferdam.server.authz.GivenName;
import dev.cofferdam.server.authz.Shown;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;

/** How outcomes are said to the client: the same words for groups, projects and grants. */
final class Answers {
  private Answers() {}

  static <T> T of(Shown<T> shown) {
    return shown.orThrow();
  }

  static <T> Recorded<T> of(Change<T> change) {
    return change.orThrow();
  }

  static GivenName name(String text) {
    return GivenName.of(text).orElseThrow(() -> Refusal.invalid("name").thrown());
  }
}
