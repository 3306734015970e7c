/**
 * What a handler says of itself, and the few types that every HTTP surface shares.
 *
 * <p>A feature declares each handler method with {@link dev.cofferdam.server.surface.Surface},
 * takes what it needs of the request as typed parameters ({@link
 * dev.cofferdam.server.surface.Call}, {@link dev.cofferdam.server.surface.Caller}, {@link
 * dev.cofferdam.server.surface.PageRequest}, {@link dev.cofferdam.server.surface.IfMatch}, {@link
 * dev.cofferdam.server.surface.Once}) and answers with a value, a {@link
 * dev.cofferdam.server.surface.Recorded} value, or a {@link dev.cofferdam.server.surface.Refusal}.
 * Only the edge interprets any of this: it authenticates, limits, authorises, waits for the audit
 * record and renders. A feature never reads a header to find out who calls, never writes a status
 * of its own, and never writes the record of a denial.
 *
 * <p>Holds no state and does no work. Knows of tenancy only the ids.
 */
@ApplicationModule(allowedDependencies = "tenancy")
@NullMarked
package dev.cofferdam.server.surface;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
