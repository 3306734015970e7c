package dev.cofferdam.server.identity.oidc;

import org.springframework.modulith.NamedInterface;

/** What reading a token of somebody else came to. */
@NamedInterface("foreign")
public sealed interface ForeignReading {

  /** Every check has passed. */
  @NamedInterface("foreign")
  record Read(ForeignToken token) implements ForeignReading {}

  /** The token is not to be believed. */
  @NamedInterface("foreign")
  record Refused(TokenFault fault) implements ForeignReading {}

  /** It cannot be told now. */
  @NamedInterface("foreign")
  record Unavailable(Trouble trouble) implements ForeignReading {}
}
