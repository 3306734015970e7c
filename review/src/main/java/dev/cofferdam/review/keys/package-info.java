/**
 * Attacks on keys: what lies on the disk, what opens elsewhere, with what a server would start, and
 * what a rotation takes with it.
 */
@NullMarked
package dev.cofferdam.review.keys;

import org.jspecify.annotations.NullMarked;
