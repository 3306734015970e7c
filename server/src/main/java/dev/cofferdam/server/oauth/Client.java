package dev.cofferdam.server.oauth;

import dev.cofferdam.server.tenancy.TenantId;
import java.util.Optional;
import java.util.Set;

/**
 * A program that asks for tokens.
 *
 * @param tenant whose it is; empty for a public client that people of any tenant may use
 * @param self what a token stands on that it asks for itself; empty for one that asks for people
 * @param grants the names of the grant types that it may use
 */
public record Client(
    ClientId id,
    Optional<TenantId> tenant,
    ClientKind kind,
    ClientAuthentication authentication,
    Optional<Holder> self,
    Set<String> grants) {
  public Client {
    grants = Set.copyOf(grants);
    if (tenant.isEmpty() && !(authentication instanceof ClientAuthentication.None)) {
      throw new IllegalArgumentException("a client with keys belongs to a tenant");
    }
    if (self.isPresent() && authentication instanceof ClientAuthentication.None) {
      throw new IllegalArgumentException("a client that acts as itself shows who it is");
    }
  }
}
