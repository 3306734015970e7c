package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** In which scope a handler runs: its caller's, as far as its access promises one. */
final class Bindings {
  private final TenantGate gate;

  Bindings(TenantGate gate) {
    this.gate = gate;
  }

  sealed interface Binding {}

  record Bound(Scope scope) implements Binding {}

  /** A handler that serves strangers or operators binds what it needs itself. */
  record Unbound() implements Binding {}

  record Closed(String reason) implements Binding {}

  Binding of(Surface surface, Caller caller) {
    Optional<TenantId> tenant = caller.tenant();
    boolean within = surface.access() == Access.TENANT || surface.access() == Access.NODE;
    if (within && tenant.isPresent()) {
      return switch (gate.enter(tenant.get())) {
        case TenantEntry.Entered(Scope.OfTenant scope) -> new Bound(scope);
        case TenantEntry.Denied(TenantEntry.Reason reason) ->
            new Closed(reason.name().toLowerCase(Locale.ROOT));
      };
    }
    return surface.access() == Access.PERSON && caller.person().isPresent()
        ? new Bound(new Scope.OfPerson(caller.person().get()))
        : new Unbound();
  }

  @Nullable Object call(Scope scope, Callable<@Nullable Object> handler) throws Exception {
    return Scopes.call(scope, handler::call);
  }
}
