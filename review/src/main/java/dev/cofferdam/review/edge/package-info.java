/**
 * Attacks on the door: requests that are too large, too slow or from elsewhere, answers that say
 * too much or too little, connections that others can read.
 */
@NullMarked
package dev.cofferdam.review.edge;

import org.jspecify.annotations.NullMarked;
