package dev.cofferdam.server.tenancy;

/** Where the passwords of the database roles come from: derived from the root key, or files. */
public interface RolePasswords {
  /** The password of {@code role}, in an array of its own that the caller clears. */
  char[] passwordOf(DatabaseRole role);
}
