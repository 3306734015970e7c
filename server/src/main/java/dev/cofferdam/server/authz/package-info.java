/**
 * Who may do what: facts in, a decision out; and the groups, projects and grants that the facts
 * come from (docs/design/authz.md).
 *
 * <p>Promises: a decision depends on its {@link dev.cofferdam.server.authz.Facts} alone, and the
 * policies decide it; what cannot be evaluated is denied. Refuses to start on a policy that the
 * schema does not allow. Knows nothing of how anybody signed in.
 */
@ApplicationModule(allowedDependencies = {"surface", "tenancy", "audit"})
@NullMarked
package dev.cofferdam.server.authz;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
