/**
 * Tenants, and the binding of every statement to one scope.
 *
 * <p>Promises: no statement of the application's roles reads or writes a scoped table unless a
 * scope is bound, and then only that scope's rows; the database itself refuses otherwise, also
 * against injected SQL. Stands on no other module, so that it can be used for a SaaS's own tables.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.cofferdam.server.tenancy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
