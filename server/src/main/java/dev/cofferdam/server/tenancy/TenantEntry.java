package dev.cofferdam.server.tenancy;

/** Whether the work of a tenant may be done now. */
public sealed interface TenantEntry {
  /** It may, in this scope. */
  record Entered(Scope.OfTenant scope) implements TenantEntry {}

  /** It may not. */
  record Denied(Reason reason) implements TenantEntry {}

  /** Why not. For the log and the audit record: outside all of them look the same. */
  enum Reason {
    /** There is no such tenant. */
    UNKNOWN,
    /** It is being set up. */
    PROVISIONING,
    /** The operator closed it. */
    SUSPENDED,
    /** It is deleted, or being deleted. */
    DELETED,
    /** Its own schema is at another version than this server, or was edited. */
    PLACEMENT_BEHIND,
    /** Its own schema is not there. */
    PLACEMENT_MISSING
  }
}
