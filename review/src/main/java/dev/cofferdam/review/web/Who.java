package dev.cofferdam.review.web;

import java.util.Locale;

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
  /** Whoever runs the platform. */
  OPERATOR,
  /** Somebody who came in during the attack. */
  NEWCOMER;

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
