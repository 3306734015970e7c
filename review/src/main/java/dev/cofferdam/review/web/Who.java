package dev.cofferdam.review.web;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What somebody who asks is to the server, as far as whoever plays them knows. */
public enum Who {
  /** Shows nothing. */
  NOBODY,
  /** Shows what the server never gave. */
  FORGER,
  /** A person who is in no tenant. */
  STRANGER,
  /** A person who was removed from the tenant. */
  FORMER,
  /** A person of another tenant, whatever they are there. */
  FOREIGNER,
  /** A person who is invited. */
  GUEST,
  /** A person of the tenant, by what they are in it. */
  MEMBER,
  AUDITOR,
  ADMIN,
  OWNER,
  /** A program with a person's or a service's token. */
  TOKEN,
  /** A program of a person of the tenant, with a token that they made or let it have. */
  AGENT,
  /** A service of the tenant. */
  SERVICE,
  /** A node of the tenant. */
  NODE,
  /** A node of another tenant. */
  FOREIGN_NODE,
  /** What was a node of the tenant, with a token of before. */
  REVOKED_NODE,
  /** A program with a token of the tenant's that is over. */
  EXPIRED,
  /** Somebody with a good token that was made for another server. */
  OTHER_AUDIENCE,
  /** Somebody with the code of an invite into the tenant, and nothing else. */
  INVITE_CODE,
  /** Somebody with a bootstrap token of the tenant. */
  BOOTSTRAP_TOKEN,
  /** Somebody with a code that a client of the tenant was sent. */
  AUTHORIZATION_CODE,
  /** Somebody with a refresh token of such a client. */
  REFRESH_TOKEN,
  /** Somebody with the state of a stepping up that is under way. */
  STEP_UP,
  /** Somebody with the token of a form. */
  FORM_TOKEN,
  /** Whoever runs the platform. */
  OPERATOR,
  /** Somebody who came in during the attack. */
  NEWCOMER;

  /** Those with something that is good, elsewhere or for something else, and no way in here. */
  public static final Set<Who> MISPLACED =
      Collections.unmodifiableSet(EnumSet.range(FOREIGN_NODE, FORM_TOKEN));

  /** Programs of a tenant, of which it is known what they are. */
  static final Set<Who> PROGRAMS = Collections.unmodifiableSet(EnumSet.of(AGENT, SERVICE, NODE));

  /** As documents write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What somebody of a tenant is to the tenant that is attacked. */
  static Who of(Part part, boolean foreign) {
    return switch (part) {
      case OPERATOR -> OPERATOR;
      case FORMER -> foreign ? FOREIGNER : FORMER;
      case GUEST -> foreign ? FOREIGNER : GUEST;
      case OWNER, CO_OWNER -> foreign ? FOREIGNER : OWNER;
      case ADMIN -> foreign ? FOREIGNER : ADMIN;
      case AUDITOR -> foreign ? FOREIGNER : AUDITOR;
      case PROGRAM -> TOKEN;
      case MEMBER, COLLEAGUE -> foreign ? FOREIGNER : MEMBER;
    };
  }
}
