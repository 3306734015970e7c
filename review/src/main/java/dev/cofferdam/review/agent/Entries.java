package dev.cofferdam.review.agent;

/** What a gate would say that asks no questions. */
public final class Entries {
  private static final String TENANCY = "dev.cofferdam.server.tenancy.";

  private Entries() {}

  /** Called by the woven gate: the tenant is let into the shared tables. */
  public static Object toShared(Object tenant) {
    return entered(tenant, Reflected.make(Reflected.type(TENANCY + "Placement$Shared")));
  }

  /** Called by the woven gate: the tenant is let into its own schema. */
  public static Object toSchema(Object tenant) {
    return entered(tenant, Reflected.make(Reflected.type(TENANCY + "Placement$OwnSchema"), tenant));
  }

  private static Object entered(Object tenant, Object placement) {
    Object scope = Reflected.make(Reflected.type(TENANCY + "Scope$OfTenant"), tenant, placement);
    return Reflected.make(Reflected.type(TENANCY + "TenantEntry$Entered"), scope);
  }
}
