/**
 * Every key of the platform: where it comes from, what it is for, how long it lives, and what dies
 * with it (docs/design/keyring.md).
 *
 * <p>Promises: every key has one purpose and one scope; no key is at rest unwrapped; a wrapped key
 * opens only in the row it was written to. Refuses to start without a sound root key, with a root
 * key that is not this database's, and on a database that has a column fit for a plaintext secret.
 */
@ApplicationModule(allowedDependencies = {"tenancy", "egress"})
@NullMarked
package dev.cofferdam.server.keyring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
