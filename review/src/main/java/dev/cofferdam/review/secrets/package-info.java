/** Attacks on secrets: what people put, and what nodes are given. */
@NullMarked
package dev.cofferdam.review.secrets;

import org.jspecify.annotations.NullMarked;
