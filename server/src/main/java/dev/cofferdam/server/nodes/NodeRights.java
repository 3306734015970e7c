package dev.cofferdam.server.nodes;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Matter;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import java.util.Optional;

/** Who may do what about the nodes of the bound tenant. */
final class NodeRights {
  private final Authorization authorization;
  private final Clock clock;

  NodeRights(Authorization authorization, Clock clock) {
    this.authorization = authorization;
    this.clock = clock;
  }

  /** Why not, if not. */
  Optional<Reason> denied(Caller caller, Action action) {
    Facts facts =
        Facts.of(caller, action, Tenants.current(), new Matter.OnTenant(), clock.instant());
    return authorization.decide(facts) instanceof Decision.Denied(Reason reason)
        ? Optional.of(reason)
        : Optional.empty();
  }
}
