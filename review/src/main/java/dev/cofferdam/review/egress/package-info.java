/** Attacks on the one way out: requests that somebody else has the server make. */
@NullMarked
package dev.cofferdam.review.egress;

import org.jspecify.annotations.NullMarked;
