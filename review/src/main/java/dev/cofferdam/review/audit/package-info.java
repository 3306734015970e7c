/**
 * Attacks on the history: on records that stand, on what proves them, and on their way into the
 * log. An attacker wins when a history that is not the one that was written is believed, or when
 * nobody is told.
 */
@NullMarked
package dev.cofferdam.review.audit;

import org.jspecify.annotations.NullMarked;
