package dev.cofferdam.review.attack;

/** What an attacker holds when the attack begins. */
public enum Identity {
  /** The password of the application's database role, and nothing else. */
  APPLICATION_PASSWORD,
  /** A statement of one's choice inside a request of one's own tenant: an SQL injection. */
  INJECTION,
  /** A capability of one's own tenant, taken from the server's memory while it is valid. */
  OWN_CAPABILITY,
  /** Nothing: no cookie, or one that the server never gave. */
  NOBODY,
  /** A session of somebody who is in no tenant. */
  STRANGER,
  /** A session of a member of the attacker's own tenant. */
  MEMBER,
  /** A session of the owner of the attacker's own tenant: whoever signs up has it. */
  OWNER,
  /** A session of somebody who was removed from the victim's tenant. */
  FORMER_MEMBER,
  /** A token of somebody of a tenant, for what its scopes say. */
  PERSONAL_TOKEN,
  /** A token of a service of a tenant, for what its scopes say. */
  SERVICE_TOKEN,
  /** A node of a tenant, with its keys. */
  NODE,
  /** A session of somebody who runs the platform. */
  PLATFORM_OPERATOR,
  /** A person who may sign up a tenant. */
  SIGN_UP,
  /** The rights of a developer whose change passed review: may add tables and functions. */
  DEVELOPER,
  /** Read access to the files of the database. */
  DATA_FILES,
  /** Write access to rows, but to no key. */
  ROW_EDITOR,
  /** The password of the database role that owns all tables. */
  OWNER_ROLE,
  /** The rights of the database's administrator: every row and every backup, and no key. */
  DATABASE_ADMIN,
  /** Write access to the files of the logs' mirror. */
  MIRROR_FILES,
  /** Those of the database's administrator, and the key that signs a tenant's log. */
  CHECKPOINT_KEY,
  /** Read access to the server's memory, to its dumps and to its log files. */
  HOST,
  /** The rights of whoever sets up and starts the server. */
  OPERATOR;

  /** Whether it is held by somebody who comes by the server's routes. */
  public boolean isOverHttp() {
    return switch (this) {
      case NOBODY,
          STRANGER,
          MEMBER,
          OWNER,
          FORMER_MEMBER,
          PERSONAL_TOKEN,
          SERVICE_TOKEN,
          NODE,
          PLATFORM_OPERATOR ->
          true;
      case APPLICATION_PASSWORD,
          INJECTION,
          OWN_CAPABILITY,
          SIGN_UP,
          DEVELOPER,
          DATA_FILES,
          ROW_EDITOR,
          OWNER_ROLE,
          DATABASE_ADMIN,
          MIRROR_FILES,
          CHECKPOINT_KEY,
          HOST,
          OPERATOR ->
          false;
    };
  }
}
