package dev.cofferdam.server.tenancy;

/** What tenants need to know of the schemas that some of them have for themselves. */
public interface TenantSchemas {
  /** What became of setting up a schema. */
  enum Provisioning {
    /** It is there and at this server's version. */
    DONE,
    /** A migration failed, nothing of it was kept, and the log has the cause. */
    FAILED
  }

  /** Makes the schema of a tenant, or brings it to this server's version. */
  Provisioning provision(TenantId tenant);

  /** The digest that the schema of a tenant has when it is at this server's version. */
  String expectedDigest();

  /**
   * Whether the schema is as its migrations made it: the same tables, policies and rights as the
   * shared ones.
   */
  boolean isUnedited(TenantId tenant);
}
