package dev.cofferdam.server.surface;

/** What the credentials of a request came to. */
public sealed interface Authentication {

  /** They are good, or there were none at all. */
  record Known(Caller caller) implements Authentication {}

  /**
   * There were some, and they are not good: the request ends here, also where anyone may call.
   *
   * @param refusal the same for every kind of bad credential
   */
  record Refused(Refusal refusal) implements Authentication {}
}
