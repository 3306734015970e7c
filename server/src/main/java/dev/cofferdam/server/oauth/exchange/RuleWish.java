package dev.cofferdam.server.oauth.exchange;

import dev.cofferdam.server.identity.token.TokenWish;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.ServiceId;
import dev.cofferdam.server.surface.TokenScope;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule that a tenant wants to have.
 *
 * @param joins a service that another rule makes already; empty for a new one
 * @param role what it is in the tenant: any but owner
 * @param scopes what its tokens are for at most
 */
public record RuleWish(
    String label,
    List<Condition> conditions,
    Optional<ServiceId> joins,
    Role role,
    Set<TokenScope> scopes) {
  public RuleWish {
    conditions = List.copyOf(conditions);
    scopes = Set.copyOf(scopes);
  }

  /** The first field, as the API calls it, with a value that it cannot have. */
  public Optional<String> wrong() {
    if (TokenWish.label(label).filter(label::equals).isEmpty()) {
      return Optional.of("label");
    }
    if (!Condition.areGood(conditions)) {
      return Optional.of("conditions");
    }
    if (role == Role.OWNER) {
      return Optional.of("role");
    }
    return scopes.isEmpty() ? Optional.of("scopes") : Optional.empty();
  }
}
