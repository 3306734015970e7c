/**
 * What an attack is: code that plays the attacker against a {@link
 * dev.cofferdam.review.attack.Target} and comes back with evidence.
 *
 * <p>Promises: an attack that could not be carried out counts as a failure, never as a refusal; and
 * a refusal counts only while the same identity can still do what it may.
 */
@NullMarked
package dev.cofferdam.review.attack;

import org.jspecify.annotations.NullMarked;
