/**
 * The hook in pgjdbc that carries the binding in the same round trip as the statement it binds.
 * Knows nothing of tenants: a {@link dev.cofferdam.server.tenancy.driver.BindingSource} tells it
 * what to carry.
 */
@NullMarked
package dev.cofferdam.server.tenancy.driver;

import org.jspecify.annotations.NullMarked;
