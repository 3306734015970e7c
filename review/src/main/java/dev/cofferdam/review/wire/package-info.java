/**
 * How the review talks to what it attacks: SQL and HTTP over connections of its own, and the
 * channel of the laboratory agent. What the database refuses is an answer here, never an exception.
 */
@NullMarked
package dev.cofferdam.review.wire;

import org.jspecify.annotations.NullMarked;
