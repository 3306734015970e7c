/**
 * What whoever runs the platform does about tenants: sees what there is of them, closes one, opens
 * it again (docs/design/operations.md); and whether the server is what a review has signed off.
 *
 * <p>Promises: no code here enters a tenant's scope or reads a tenant's rows, and what an operator
 * is shown is listed field by field. Each look is a record of the platform's log before it is
 * answered; what changes a tenant stands, with its reason, in that tenant's own log too.
 */
@ApplicationModule(allowedDependencies = {"surface", "tenancy", "audit"})
@NullMarked
package dev.cofferdam.server.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
