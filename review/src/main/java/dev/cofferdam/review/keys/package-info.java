/**
 * Attacks on keys: what lies on the disk, what opens elsewhere, and with what a server would start.
 */
@NullMarked
package dev.cofferdam.review.keys;

import org.jspecify.annotations.NullMarked;
