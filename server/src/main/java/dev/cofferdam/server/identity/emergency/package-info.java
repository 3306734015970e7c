/**
 * Break-glass: an operator of the platform reads in a tenant for a while (docs/adr/0051).
 *
 * <p>Promises: nobody reads without a recent sign-in by more than one factor and a reason that the
 * tenant's people read; each opening and each read is a record in the tenant's log; its owners are
 * told by letter, and any of them ends it within a second. Nothing is changed that way.
 */
@NamedInterface("emergency")
@NullMarked
package dev.cofferdam.server.identity.emergency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
