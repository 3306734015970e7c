/**
 * The hook in pgjdbc that carries the binding in the same round trip as the statement it binds.
 * Knows nothing of tenants: a {@link dev.cofferdam.server.tenancy.driver.BindingSource} tells it
 * what to carry.
 *
 * <p>Promises: a statement runs for the scope of the running code or not at all; a connection whose
 * session was changed is closed instead of being lent again; neither a capability nor a parameter's
 * value reaches a log or an exception. Refuses whatever cannot be bound: several statements in one
 * text, the simple query protocol, the fast path, autosave, transaction commands as text, EXPLAIN.
 *
 * <p>Stands on internals of one version of pgjdbc, and refuses any other.
 */
@NullMarked
package dev.cofferdam.server.tenancy.driver;

import org.jspecify.annotations.NullMarked;
