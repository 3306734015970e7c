/** Attacks that take every route there is, of the families that are about no one thing. */
@NullMarked
package dev.cofferdam.review.routes;

import org.jspecify.annotations.NullMarked;
