package dev.cofferdam.server.tenancy;

/**
 * Where the rows of a tenant live. Statements name the schema that the placement says, and no
 * other.
 */
public sealed interface Placement {
  /** The schema that holds this tenant's rows of the given module's tenant tables. */
  String schemaOf(String module);

  /** In the module's own tables, beside other tenants' rows. The default. */
  record Shared() implements Placement {
    @Override
    public String schemaOf(String module) {
      return module;
    }
  }

  /** In a schema of the tenant's own, which holds the tenant tables of every module. */
  record OwnSchema(TenantId tenant) implements Placement {
    @Override
    public String schemaOf(String module) {
      return "tenant_" + Scope.hex(tenant.value());
    }
  }
}
