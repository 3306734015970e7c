/**
 * The laboratory: the production server in a process of its own, with the agent beside it, and
 * clones of its database.
 *
 * <p>Promises: the server's archive is the one that ships, unchanged; a layer that is out comes
 * back in before anything else is judged; changed databases are clones, and what they were cloned
 * from is never connected to again.
 */
@NullMarked
package dev.cofferdam.review.laboratory;

import org.jspecify.annotations.NullMarked;
