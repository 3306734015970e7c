/**
 * The verifier that an outsider runs: the packaged node, loaded from its own archive and woven as
 * it is loaded, so that a layer of it can be taken out (ADR 0047). Knows the node by the names in
 * {@link dev.cofferdam.review.verifier.VerifierSeams}, which a test compares with that archive.
 */
@NullMarked
package dev.cofferdam.review.verifier;

import org.jspecify.annotations.NullMarked;
