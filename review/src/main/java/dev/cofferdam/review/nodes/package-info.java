/** Attacks on how machines become nodes, and on what they are let do as such. */
@NullMarked
package dev.cofferdam.review.nodes;

import org.jspecify.annotations.NullMarked;
