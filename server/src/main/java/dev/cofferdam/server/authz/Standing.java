package dev.cofferdam.server.authz;

import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Instant;

/**
 * What is known of a caller whatever it is about.
 *
 * @param sameTenant whether what it is about belongs to the tenant of the credential
 * @param open whether that tenant is neither suspended nor being deleted
 * @param assurance whether the sign-in suffices for the action
 * @param scope whether the token's scope does; a session's always does
 */
public record Standing(
    Subject subject,
    Membership membership,
    boolean sameTenant,
    boolean open,
    boolean assurance,
    boolean scope) {

  /**
   * Of a caller whom the edge let in, so that their tenant is open.
   *
   * @param owner of what it is about, as its row says
   */
  static Standing of(Caller caller, Action action, TenantId owner, Instant now) {
    return new Standing(
        Subject.of(caller),
        Membership.of(caller),
        caller.tenant().filter(owner::equals).isPresent(),
        true,
        suffices(caller, action.assurance(), now),
        isForAction(caller, action));
  }

  /** Whether the caller's sign-in is what is demanded. Nobody but a person can sign in again. */
  static boolean suffices(Caller caller, Assurance demanded, Instant now) {
    return switch (caller) {
      case Caller.Anonymous anonymous -> false;
      case Caller.SignedIn known -> demanded.isMetBy(known.signIn(), now);
      case Caller.Bearer bearer -> demanded == Assurance.SIGNED_IN;
      case Caller.Node node -> demanded == Assurance.SIGNED_IN;
    };
  }

  /** Whether a token is for the action; a session is for everything, and so is what a node has. */
  private static boolean isForAction(Caller caller, Action action) {
    return !(caller instanceof Caller.Bearer bearer)
        || action.scope().stream().anyMatch(bearer.scopes()::contains);
  }

  Standing withAllSufficient() {
    return new Standing(subject, membership, sameTenant, true, true, true);
  }
}
