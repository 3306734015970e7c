package dev.cofferdam.server.identity.oidc;

/** What verifying a token came to. */
public sealed interface Verification {

  /** Every check has passed. */
  record Verified(Claims claims) implements Verification {}

  /** The token is not to be believed. */
  record Refused(TokenFault fault) implements Verification {}

  /** It cannot be told, since the issuer's keys cannot be had. Nobody signs in by it. */
  record Unavailable() implements Verification {}
}
