package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.surface.Recorded;

/** What became of somebody's consent. */
public sealed interface ConsentOutcome {
  /** There is a code for the client. */
  record Given(Recorded<AuthorizationCode> code) implements ConsentOutcome {}

  /** The client is of another tenant than the person works in. */
  record Elsewhere() implements ConsentOutcome {}

  /** Too many codes wait to be redeemed. */
  record TooMany() implements ConsentOutcome {}

  /** The person is no member any more, or something else than a moment ago. */
  record RoleChanged() implements ConsentOutcome {}

  /** The session ended meanwhile. */
  record Ended() implements ConsentOutcome {}
}
