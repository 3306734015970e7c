package dev.cofferdam.review.web;

import java.util.Locale;

/** What somebody is in a tenant of the laboratory. */
public enum Part {
  OWNER,
  ADMIN,
  MEMBER,
  AUDITOR,
  /** Another owner. */
  CO_OWNER,
  /** Another member, who is there to leave. */
  COLLEAGUE,
  /** Is invited, with a code, and has not accepted. */
  GUEST,
  /** Was a member, and was removed; the session still names the tenant as its workspace. */
  FORMER,
  /** A program with a token, which has no session. */
  PROGRAM,
  /** Runs the platform, and is in no tenant. */
  OPERATOR;

  /** As people write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The role as the server writes it: what a former member was, and what a guest is to be. */
  public String role() {
    return switch (this) {
      case OWNER, ADMIN, MEMBER, AUDITOR -> name().toLowerCase(Locale.ROOT);
      case CO_OWNER -> OWNER.role();
      case COLLEAGUE, GUEST, FORMER, PROGRAM -> MEMBER.role();
      case OPERATOR -> throw new IllegalStateException("an operator has no role in a tenant");
    };
  }
}
