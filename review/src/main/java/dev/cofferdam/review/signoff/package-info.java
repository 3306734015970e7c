/**
 * The sign-off: what came of a run, as a document that somebody can be handed who was not there.
 *
 * <p>Promises: a document holds everything that its pages show, in plain values, and names what was
 * attacked by hash. Nothing in it is green that was not played in that run: what is deferred, does
 * not apply or was not run is told apart, and what is accepted has an owner and an end. The
 * document has one encoding ({@link dev.cofferdam.review.signoff.Canonical}), which is what a
 * reviewer signs.
 *
 * <p>Refuses to read a document that has one member more or less than this version knows.
 */
@NullMarked
package dev.cofferdam.review.signoff;

import org.jspecify.annotations.NullMarked;
