/** Attacks on the start, on what is started, and on a server whose database goes away. */
@NullMarked
package dev.cofferdam.review.operations;

import org.jspecify.annotations.NullMarked;
