package dev.cofferdam.server.authz;

import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * All that getting as far as a handler depends on.
 *
 * @param workspace whether the credential is bound to a tenant
 * @param roleDeclared whether the caller's role is among those that the handler declares
 * @param emergency whether the handler is one that is read in an emergency
 * @param open whether the tenant may be entered
 * @param assurance whether the sign-in is what the handler demands
 * @param scope whether the token's scope suffices; a session's always does
 */
public record Entrance(
    Subject subject,
    Access access,
    boolean workspace,
    boolean roleDeclared,
    boolean emergency,
    boolean open,
    boolean assurance,
    boolean scope) {

  /**
   * Of a caller at a handler.
   *
   * @param open what the tenant gate said; of no concern without a tenant
   */
  public static Entrance of(Caller caller, Surface declared, boolean open, Instant now) {
    return new Entrance(
        Subject.of(caller),
        declared.access(),
        caller.tenant().isPresent(),
        isDeclared(caller, declared),
        declared.emergency(),
        open,
        Standing.suffices(caller, declared.assurance(), now),
        isForRoute(caller, declared));
  }

  /** Whether the caller has a role that may come; without a declared one all may. */
  private static boolean isDeclared(Caller caller, Surface declared) {
    List<Role> roles = Arrays.asList(declared.roles());
    return roles.isEmpty()
        || roles.stream().map(Membership::of).anyMatch(Membership.of(caller)::equals);
  }

  /** Whether a token is for the handler; a session is for every one, and so is what a node has. */
  private static boolean isForRoute(Caller caller, Surface declared) {
    return !(caller instanceof Caller.Bearer bearer)
        || Arrays.stream(declared.scope()).anyMatch(bearer.scopes()::contains);
  }
}
