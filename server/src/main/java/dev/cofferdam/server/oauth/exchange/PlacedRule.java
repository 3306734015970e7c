package dev.cofferdam.server.oauth.exchange;

import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.ServiceId;
import dev.cofferdam.server.surface.TokenId;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule and its issuer, as they are used: found by the rule's id, before it is known whose it is.
 *
 * @param keys where the issuer's keys are; empty when its document says that
 */
record PlacedRule(
    TenantId tenant,
    RuleId id,
    TrustedIssuerId trusted,
    String issuer,
    Optional<String> keys,
    String audience,
    boolean reusable,
    List<Condition> conditions,
    ServiceId service,
    Role role,
    Set<TokenScope> scopes) {

  Holder holder() {
    return new Holder(Holder.Kind.RULE, tenant, id.value());
  }

  /** As whom a token with these scopes acts. */
  Caller.Service caller(Set<TokenScope> with) {
    return new Caller.Service(service, new TokenId(id.value()), new Workspace(tenant, role), with);
  }
}
