/**
 * Persons, their sessions, and what they are in which tenant (docs/design/identity.md).
 *
 * <p>Promises: who calls is what a credential proves and never what a request says; a credential is
 * stored as a hash; a session, a role or a tenant that ends is refused by every server within one
 * second, and nothing that cannot be shown to be that fresh is served. A person is one issuer's one
 * subject, and no e-mail address.
 */
@ApplicationModule(
    allowedDependencies = {
      "surface",
      "tenancy",
      "keyring",
      "audit",
      "audit::read",
      "limits",
      "authz",
      "egress",
      "mail"
    })
@NullMarked
package dev.cofferdam.server.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
