/**
 * Attacks on how people come into a tenant, what they are in it, and how it ends: invites,
 * founding, the last owner, signing in again, and what was ended. Those about moments are played
 * many at once, and judged by what the database holds afterwards.
 */
@NullMarked
package dev.cofferdam.review.people;

import org.jspecify.annotations.NullMarked;
