package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.TenantState;
import java.util.Optional;

/** What became of the wish to work in a tenant, or in none. */
public sealed interface WorkspaceChange {
  /**
   * The session works there.
   *
   * @param handle its new handle, for {@link SessionCookie#of}: the old one is worth nothing
   */
  record Moved(SessionHandle handle, Recorded<Optional<Workspace>> workspace)
      implements WorkspaceChange {}

  /** There is no such tenant for this person. */
  record NotAMember() implements WorkspaceChange {}

  /** The person is a member, and has signed in less strongly than the tenant asks. */
  record TooWeak(AcrClass required) implements WorkspaceChange {}

  /** The person is a member, and nobody enters the tenant now. */
  record Closed(TenantState state) implements WorkspaceChange {}

  /** The session ended meanwhile, or another request gave it another handle. */
  record Ended() implements WorkspaceChange {}
}
