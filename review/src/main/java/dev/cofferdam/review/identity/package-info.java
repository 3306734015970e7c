/**
 * Attacks on who somebody is: requests that another made in their name, cookies of another host,
 * tokens that should not be believed, and doors that ask nobody.
 */
@NullMarked
package dev.cofferdam.review.identity;

import org.jspecify.annotations.NullMarked;
