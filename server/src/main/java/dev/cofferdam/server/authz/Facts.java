package dev.cofferdam.server.authz;

import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Instant;

/**
 * All that a decision within a tenant depends on.
 *
 * @param matter of the kind that the action has
 */
public record Facts(Action action, Standing standing, Matter matter) {
  public Facts {
    if (!action.matter().isInstance(matter)) {
      throw new IllegalArgumentException("`" + action.label() + "` is decided on other facts");
    }
  }

  /**
   * Of a caller whom the edge let in.
   *
   * @param owner of what it is about, as its row says
   */
  public static Facts of(Caller caller, Action action, TenantId owner, Matter matter, Instant now) {
    return new Facts(action, Standing.of(caller, action, owner, now), matter);
  }
}
