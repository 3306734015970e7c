package dev.cofferdam.server.authz;

import dev.cofferdam.server.tenancy.PersonId;

/** Who is a member of the bound tenant. Identity fills this port. */
public interface Members {
  /**
   * Whether the person is a member. Called in a transaction, until whose end nobody can take the
   * membership away.
   */
  boolean isMember(PersonId person);
}
