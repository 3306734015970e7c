package dev.cofferdam.server.authz;

/** What came of the facts. */
public sealed interface Decision {
  /** It may be done. */
  record Permitted() implements Decision {}

  /** It may not. */
  record Denied(Reason reason) implements Decision {}
}
