package dev.cofferdam.server.oauth.service;

import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.TokenScope;
import java.util.Set;

/**
 * A client that somebody wants.
 *
 * @param label by which they know it again
 */
public record ServiceClientWish(String label, Role role, Set<TokenScope> scopes, KeySet keys) {
  public ServiceClientWish {
    scopes = Set.copyOf(scopes);
    if (role == Role.OWNER || scopes.isEmpty()) {
      throw new IllegalArgumentException("a client has a scope, and an owner is a person");
    }
  }
}
