package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Recorded;

/** What became of the wish to end a grant. */
public sealed interface ClientGrantChange {
  /** It is gone; the view is of before. */
  record Ended(Recorded<ClientGrantView> grant) implements ClientGrantChange {}

  /** There is no such grant. */
  record Unknown() implements ClientGrantChange {}

  record Denied(Reason reason) implements ClientGrantChange {}
}
