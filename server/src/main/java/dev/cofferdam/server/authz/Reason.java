package dev.cofferdam.server.authz;

import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import java.util.Locale;

/** Why not, as far as the caller may know it. */
public enum Reason {
  /** Nobody has signed in. */
  NOT_SIGNED_IN(ProblemCode.UNAUTHENTICATED),
  /** The session works in no tenant. */
  NO_WORKSPACE(ProblemCode.WORKSPACE_REQUIRED),
  /** The tenant is suspended, or being deleted. */
  CLOSED(ProblemCode.TENANT_CLOSED),
  /** The person could, after signing in as the action demands. */
  ASSURANCE(ProblemCode.INSUFFICIENT_USER_AUTHENTICATION),
  /** Somebody could who can sign in, and this is no person. */
  NO_PERSON(ProblemCode.PERSON_REQUIRED),
  /** The token allows less than its holder may. */
  SCOPE(ProblemCode.INSUFFICIENT_SCOPE),
  /** The thing is archived. */
  ARCHIVED(ProblemCode.CONFLICT),
  /** The caller may know of the thing, and not do this to it. */
  NOT_ALLOWED(ProblemCode.FORBIDDEN),
  /** The caller may not even know whether there is such a thing. */
  NOT_VISIBLE(ProblemCode.NOT_FOUND);

  private final ProblemCode code;

  Reason(ProblemCode code) {
    this.code = code;
  }

  /**
   * How it is said to the caller. The reason itself goes into the record alone. Where a sign-in is
   * wanting, the one that suffices for every action is asked for.
   */
  public Refusal refusal() {
    Refusal refusal =
        this == ASSURANCE ? Refusal.stepUp(Assurance.RECENT_MULTI_FACTOR) : Refusal.of(code);
    return refusal.because(name().toLowerCase(Locale.ROOT));
  }
}
