package dev.cofferdam.server.identity.provider;

import dev.cofferdam.server.identity.ReturnPath;
import dev.cofferdam.server.identity.SignInAim;
import dev.cofferdam.server.identity.oidc.Ended;

/** What a sign-in at a tenant's own provider came to. */
public sealed interface TenantEnded {

  /** That of one of its people. */
  record OfPeople(Ended ended) implements TenantEnded {}

  /**
   * That of an owner who tries it, if they are who comes back: until {@link TenantSignIns#tried}
   * has said so, it is told nobody.
   */
  record OfTrial(SignInAim.Trial trial, ReturnPath returnTo, TrialResult result)
      implements TenantEnded {}
}
