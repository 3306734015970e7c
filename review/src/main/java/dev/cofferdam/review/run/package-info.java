/**
 * Runs attacks and their mutants, judges what came of it, and writes it down.
 *
 * <p>Promises: a run is good only when every attack was refused by the real system, succeeded with
 * all layers of its mutant out, and was refused again by each layer alone. What was not run is
 * shown as not run.
 */
@NullMarked
package dev.cofferdam.review.run;

import org.jspecify.annotations.NullMarked;
