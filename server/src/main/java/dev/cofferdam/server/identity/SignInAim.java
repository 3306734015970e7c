package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.Optional;

/** What a way to an identity provider is gone for. */
public sealed interface SignInAim {
  /** A new session. */
  record AsPerson() implements SignInAim {}

  /** A new session as an operator of the platform. */
  record AsOperator() implements SignInAim {}

  /** A stronger or newer sign-in of this session, as long as it works there and nowhere else. */
  record StepUp(SessionId session, Optional<TenantId> workspace) implements SignInAim {}

  /** A new session of a person of a tenant's own provider, for that tenant alone. */
  record At(ProviderRef provider) implements SignInAim {}

  /** The same as {@link StepUp}, of a session that was begun at a tenant's own provider. */
  record StepUpAt(ProviderRef provider, SessionId session) implements SignInAim {}

  /** No session: an owner, in this one, sees whether the provider can be used. */
  record Trial(ProviderRef provider, SessionId session) implements SignInAim {}
}
