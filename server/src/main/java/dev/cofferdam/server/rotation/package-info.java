/**
 * Rings of keys, as whoever runs the platform turns them while everything runs
 * (docs/design/rotation.md).
 *
 * <p>Promises: what hangs on a ring is said before anything happens to it, and nothing happens on
 * what nobody has seen; a rotation touches one purpose, refuses no request, and goes on where it
 * was when a server dies; a key goes only when nothing needs it any more; each step is a record of
 * the platform's log. No operator gets anything that is in a tenant: what is sealed anew is opened
 * in the tenant's own scope and leaves it nowhere.
 */
@ApplicationModule(allowedDependencies = {"surface", "tenancy", "keyring", "audit"})
@NullMarked
package dev.cofferdam.server.rotation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
