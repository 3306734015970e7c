/** Attacks on the start: databases with which no server should serve. */
@NullMarked
package dev.cofferdam.review.operations;

import org.jspecify.annotations.NullMarked;
