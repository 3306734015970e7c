package dev.cofferdam.server.audit;

import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.List;

/**
 * In whose logs a person may have acted, beside the platform's. Identity fills this port. Safe for
 * use by many threads.
 */
@FunctionalInterface
public interface PersonsTenants {
  /** The tenants that the person is a member of and that are not closed. */
  List<TenantId> of(PersonId person);
}
