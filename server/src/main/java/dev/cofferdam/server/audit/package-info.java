/**
 * The history of every tenant and of the platform: one Merkle log each, which nobody can rewrite
 * unseen (docs/design/audit.md).
 *
 * <p>Promises: what was acknowledged is durable and stands in its log exactly once, in an order in
 * which nothing precedes its cause; every head is signed before it is stored, and nothing is handed
 * out that can still be rolled back. Where a record cannot be made durable in time the answer is
 * {@code Unavailable}, and the caller answers nothing else than that it was not done. Nothing here
 * edits or removes a record; there is no such operation.
 */
@ApplicationModule(allowedDependencies = {"surface", "tenancy", "keyring"})
@NullMarked
package dev.cofferdam.server.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
