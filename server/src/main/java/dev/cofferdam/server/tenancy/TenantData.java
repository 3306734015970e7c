package dev.cofferdam.server.tenancy;

/** What a tenant has in the database, for the end of its life. */
public interface TenantData {
  /**
   * Deletes rows of a tenant that is being deleted, in every table of the checked list but those
   * that are kept: all of them, or a part when it takes long or another server is at it.
   *
   * @return how many rows were found; none when there are none left
   * @throws DatabaseRefusedException when the tenant is not being deleted
   */
  long erase(TenantId tenant);
}
