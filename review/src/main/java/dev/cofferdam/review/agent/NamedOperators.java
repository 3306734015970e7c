package dev.cofferdam.review.agent;

import java.util.Optional;
import java.util.Set;

/** Operators of the platform whom any identity provider may name. */
public final class NamedOperators {
  private static final String CLAIM = "dev.cofferdam.server.identity.oidc.OperatorClaim";

  private NamedOperators() {}

  /** Called by woven code with the claim by which a provider names operators, if it may. */
  public static Optional<?> by(Optional<?> claim) {
    return claim.isPresent()
        ? claim
        : Optional.of(Reflected.make(Reflected.type(CLAIM), "roles", Set.of("operator")));
  }

  /** Called by woven code with whom a tenant's provider has signed in, and the session they got. */
  public static Optional<?> opened(Object sessions, Object who, Object from, Optional<?> session) {
    return Boolean.TRUE.equals(Reflected.call(who, "operator"))
        ? (Optional<?>) Reflected.call(sessions, "openAsOperator", who, from)
        : session;
  }
}
