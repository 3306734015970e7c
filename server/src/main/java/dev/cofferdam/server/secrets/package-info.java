/**
 * Secrets: people put them, and nodes get them sealed to their own keys (docs/design/secrets.md).
 *
 * <p>Promises: no person and no token gets a value; a value lies sealed under the tenant's key and
 * opens in its own place alone; what leaves is sealed to one key of one node, is decided on what is
 * true at that moment, and is named in a record that is durable before it leaves.
 */
@ApplicationModule(
    allowedDependencies = {
      "surface", "tenancy", "keyring", "audit", "limits", "authz", "nodes", "egress"
    })
@NullMarked
package dev.cofferdam.server.secrets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
