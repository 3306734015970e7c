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

  /**
   * They are good, and the request is not their holder's doing: another site sent it, or a page
   * that is out of date. It ends here too, as a denial of somebody known.
   */
  record Misused(Caller caller, Refusal refusal) implements Authentication {}
}
