/**
 * Nodes: workloads that hold their own private keys (docs/design/nodes.md).
 *
 * <p>Promises: what is stored of a node is public keys alone, so there is no secret of a node to
 * steal; a node that is revoked is one no more in the moment in which that is recorded.
 *
 * <p>For SQL of other modules: {@code nodes.receiving_key} has the one key of each node of the
 * bound tenant that something may be sealed to.
 */
@ApplicationModule(
    allowedDependencies = {"surface", "tenancy", "keyring", "audit", "authz", "identity", "oauth"})
@NullMarked
package dev.cofferdam.server.nodes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
