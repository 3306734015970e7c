package dev.cofferdam.server.tenancy;

/** The three roles that Cofferdam has in a database, and no other. */
public enum DatabaseRole {
  /** Owns the database and migrates it; serves no request. */
  OWNER("cofferdam_owner"),
  /** Serves requests: owns nothing, sees only what its scope shows. */
  APP("cofferdam_app"),
  /** Work across tenants: executes a handful of named functions and sees no table. */
  OPS("cofferdam_ops");

  private final String user;

  DatabaseRole(String user) {
    this.user = user;
  }

  /** The role's name in PostgreSQL. */
  public String user() {
    return user;
  }
}
