package dev.cofferdam.server.oauth.exchange;

import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.ServiceId;
import dev.cofferdam.server.tenancy.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A rule: which tokens of an issuer make which service.
 *
 * @param usedAt when a token was last exchanged by it, to half a minute
 * @param refused when and why one was last not
 */
public record RuleView(
    RuleId id,
    TrustedIssuerId issuer,
    String label,
    List<Condition> conditions,
    ServiceId service,
    Role role,
    List<String> scopes,
    PersonId madeBy,
    Instant createdAt,
    Optional<Instant> usedAt,
    Optional<Refused> refused) {
  public RuleView {
    conditions = List.copyOf(conditions);
    scopes = List.copyOf(scopes);
  }

  /**
   * That a token was not exchanged.
   *
   * @param because the name of the check that failed
   */
  public record Refused(Instant at, String because) {}
}
