package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Entrance;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import java.time.Clock;
import java.util.Optional;

/** Asks the policies whether a caller gets as far as the handler. */
final class Entrances {
  private final Authorization authorization;
  private final Clock clock;

  Entrances(Authorization authorization, Clock clock) {
    this.authorization = authorization;
    this.clock = clock;
  }

  /**
   * @param open whether the tenant of the credential may be entered
   */
  Optional<Refusal> refusal(Visit visit, boolean open) {
    Entrance facts = Entrance.of(visit.call().caller(), visit.surface(), open, clock.instant());
    return switch (authorization.enter(facts)) {
      case Decision.Permitted permitted -> Optional.empty();
      case Decision.Denied(Reason reason) -> Optional.of(said(reason, visit.surface()));
    };
  }

  private static Refusal said(Reason reason, Surface declared) {
    return switch (reason) {
      case ASSURANCE -> Refusal.stepUp(declared.assurance()).because("assurance");
      // Where no token gets, no scope would help.
      case SCOPE ->
          declared.scope().length == 0
              ? Reason.NO_PERSON.refusal()
              : Refusal.scope(declared.scope()).because("scope");
      case NOT_SIGNED_IN, NO_WORKSPACE, CLOSED, NO_PERSON, ARCHIVED, NOT_ALLOWED, NOT_VISIBLE ->
          reason.refusal();
    };
  }
}
