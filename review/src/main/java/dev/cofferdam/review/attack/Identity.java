package dev.cofferdam.review.attack;

/** What an attacker holds when the attack begins. */
public enum Identity {
  /** The password of the application's database role, and nothing else. */
  APPLICATION_PASSWORD,
  /** A statement of one's choice inside a request of one's own tenant: an SQL injection. */
  INJECTION,
  /** A capability of one's own tenant, taken from the server's memory while it is valid. */
  OWN_CAPABILITY,
  /** A person who may sign up a tenant. */
  SIGN_UP,
  /** The rights of a developer whose change passed review: may add tables and functions. */
  DEVELOPER,
  /** Read access to the files of the database. */
  DATA_FILES,
  /** Write access to rows, but to no key. */
  ROW_EDITOR,
  /** The rights of whoever sets up and starts the server. */
  OPERATOR
}
