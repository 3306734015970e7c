/**
 * Who stands behind a sign-off, and whether it still says something: the reviewer's key, the
 * envelope that carries document and signature, and what a verifier finds.
 *
 * <p>Promises: what is signed is the canonical encoding of the document, and pages are checked by
 * writing them anew from it. A check that could not be made is told as such, and is never good.
 */
@NullMarked
package dev.cofferdam.review.seal;

import org.jspecify.annotations.NullMarked;
