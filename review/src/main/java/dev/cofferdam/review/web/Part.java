package dev.cofferdam.review.web;

import java.util.Locale;

/** What somebody is in a tenant of the laboratory. */
public enum Part {
  OWNER,
  ADMIN,
  MEMBER,
  AUDITOR,
  /** Was a member, and was removed; the session still names the tenant as its workspace. */
  FORMER;

  /** The role as the server writes it; that of a former member is what it was. */
  public String role() {
    return this == FORMER ? MEMBER.role() : name().toLowerCase(Locale.ROOT);
  }
}
