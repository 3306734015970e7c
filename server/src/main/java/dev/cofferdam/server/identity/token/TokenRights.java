package dev.cofferdam.server.identity.token;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Matter;
import dev.cofferdam.server.authz.Membership;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import java.util.Optional;

/**
 * Who may make and end the tokens of others: whoever may give their holder its role, or take it
 * (docs/adr/0070, docs/adr/0072).
 */
final class TokenRights {
  private final Authorization authorization;
  private final Clock clock;

  TokenRights(Authorization authorization, Clock clock) {
    this.authorization = authorization;
    this.clock = clock;
  }

  /**
   * Why not.
   *
   * @param role to be given or taken
   * @param held by whoever has the token, or is to have it
   */
  Optional<TokenChange> denied(Caller.Person by, Action action, Role role, Membership held) {
    Facts facts =
        Facts.of(
            by,
            action,
            Tenants.current(),
            new Matter.OnRole(Membership.of(role), held),
            clock.instant());
    return authorization.decide(facts) instanceof Decision.Denied(Reason reason)
        ? Optional.of(new TokenChange.Denied(reason))
        : Optional.empty();
  }
}
