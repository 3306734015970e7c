package dev.cofferdam.server.audit.store;

import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;

/**
 * Enters the scope of one log, for what the platform itself reads: the mirror, the self-check, an
 * operator's export. Never for a caller, who comes with a scope.
 */
public final class LogScope {
  private static final Scope PLATFORM = new Scope.OfPlatform(new Purpose("audit"));

  private LogScope() {}

  /** Runs {@code work} bound to {@code log}. */
  public static <T, X extends Throwable> T call(LogId log, ScopedValue.CallableOp<T, X> work)
      throws X {
    return switch (log) {
      case LogId.OfPlatform platform -> Scopes.call(PLATFORM, work);
      // Logs are never placed, so nothing needs to be known of the tenant but its id.
      case LogId.OfTenant tenant ->
          Scopes.call(new Scope.OfTenant(tenant.tenant(), new Placement.Shared()), work);
    };
  }

  /** Runs {@code work} for the purpose for which the functions over all logs are bound. */
  public static <T, X extends Throwable> T callForAll(ScopedValue.CallableOp<T, X> work) throws X {
    return Scopes.call(PLATFORM, work);
  }
}
