/**
 * Reading a log: searching it, exporting it, and proving what it says.
 *
 * <p>Promises: everything runs in the bound scope, so nobody reads another's log; a search answers
 * with the records themselves, as the log commits to them, page after page without gaps; an export
 * and a proof cost no more memory for a long log than for a short one.
 */
@NamedInterface("read")
@NullMarked
package dev.cofferdam.server.audit.read;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
