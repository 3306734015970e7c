/**
 * Where people work: attacks on a server that somebody else runs, with identities that were handed
 * over.
 *
 * <p>Promises: only attacks that leave nothing but records are played; every request carries the
 * marker of the run, and is written down; what is made is named by it and taken away again, also
 * when the run is broken off, and what could not be is told. Nothing is sent in the clear but to
 * this machine.
 */
@NullMarked
package dev.cofferdam.review.deployment;

import org.jspecify.annotations.NullMarked;
