/**
 * The threat register: reviewed data, one file per family, read strictly.
 *
 * <p>Promises: a register that has been read is whole. Every identifier it names exists in it,
 * every field is known, and nothing that is not attacked looks as if it were. Attacks and mutants
 * are checked against it when a run is assembled. The format is explained in docs/design/review.md.
 */
@NullMarked
package dev.cofferdam.review.register;

import org.jspecify.annotations.NullMarked;
