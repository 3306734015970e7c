package dev.cofferdam.server.surface;

/** Who gets as far as a handler. What they may do to an object is for the policies to decide. */
public enum Access {
  /** Everybody, signed in or not. */
  ANYONE,
  /** A person who has signed in, in a workspace or in none. */
  PERSON,
  /** A credential that is bound to one tenant, in one of the declared roles. */
  TENANT,
  /** A node of a tenant that is open. What it may do there is what was granted to it. */
  NODE,
  /** An operator of the platform, who reaches no tenant's data. */
  OPERATOR
}
