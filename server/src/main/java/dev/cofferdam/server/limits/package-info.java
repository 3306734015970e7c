/**
 * How much anybody may do in a while (docs/design/limits.md).
 *
 * <p>Promises: every limit stands in one table; a requester who exceeds theirs slows nobody else;
 * who is signed in is never counted with the strangers of the same address; memory is bounded
 * whoever asks from wherever. With the shared store away the limits get narrower, and are never
 * off. Refuses to start on a table or an override that it does not understand.
 */
@ApplicationModule(allowedDependencies = {"surface", "tenancy"})
@NullMarked
package dev.cofferdam.server.limits;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
