/** Planted for the rule on constant time. */
@NullMarked
package dev.cofferdam.planted.timing;

import org.jspecify.annotations.NullMarked;
