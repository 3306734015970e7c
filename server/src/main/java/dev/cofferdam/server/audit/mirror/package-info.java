/**
 * Copies of the logs in a place that the database's administrator does not write to, in the layout
 * of C2SP tlog-tiles: what makes a database that was rolled back, or rewritten, visible.
 *
 * <p>Promises: nothing in a mirror is ever overwritten but a log's newest checkpoint, and that only
 * by one that continues it; what was written was read back; after a kill it goes on where it was.
 * What does not fit together is left as it is, reported, and never healed.
 */
@NamedInterface("mirror")
@NullMarked
package dev.cofferdam.server.audit.mirror;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
