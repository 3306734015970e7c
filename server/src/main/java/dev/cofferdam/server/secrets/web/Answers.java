package dev.cofferdam.server.secrets.web;

import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.server.authz.Change;
import dev.cofferdam.server.authz.Shown;
import dev.cofferdam.server.secrets.SecretChange;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;

/** How outcomes are said to the client. */
final class Answers {
  private Answers() {}

  static <T> T of(Shown<T> shown) {
    return shown.orThrow();
  }

  static <T> Recorded<T> of(SecretChange<T> change) {
    return switch (change) {
      case SecretChange.Done<T> done -> done.answer();
      case SecretChange.Denied<T> denied -> throw denied.reason().refusal().thrown();
      case SecretChange.Unknown<T> unknown -> throw notVisible();
      case SecretChange.Outdated<T> outdated ->
          throw Refusal.of(ProblemCode.PRECONDITION_FAILED).thrown();
      case SecretChange.NameTaken<T> taken -> throw Refusal.of(ProblemCode.NAME_TAKEN).thrown();
      case SecretChange.TooMany<T> tooMany -> throw Refusal.of(ProblemCode.QUOTA_REACHED).thrown();
      case SecretChange.NoStore<T> none -> throw Refusal.invalid("reference").thrown();
      case SecretChange.NotInThisState<T> other -> throw Refusal.of(ProblemCode.CONFLICT).thrown();
    };
  }

  /** Of grants on a secret, which have neither a name nor a version. */
  static <T> Recorded<T> of(Change<T> change) {
    return switch (change) {
      case Change.Done<T> done -> done.answer();
      case Change.Denied<T> denied -> throw denied.reason().refusal().thrown();
      case Change.NobodyThere<T> nobody ->
          throw Refusal.notFound().because("nobody_there").thrown();
      case Change.Unknown<T> unknown -> throw notVisible();
      case Change.Outdated<T> outdated -> throw notVisible();
      case Change.NameTaken<T> taken -> throw notVisible();
    };
  }

  /** What cannot be a secret's name names none. */
  static SecretName name(String text) {
    return SecretName.of(text).orElseThrow(Answers::notVisible);
  }

  private static RuntimeException notVisible() {
    return Refusal.notFound().because("not_visible").thrown();
  }
}
