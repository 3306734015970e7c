/**
 * An identity provider of the attacker's making: real HTTP on loopback, real keys, and answers as
 * an attack wants them. The laboratory's server is told to believe it, as an operator would tell
 * it.
 */
@NullMarked
package dev.cofferdam.review.issuer;

import org.jspecify.annotations.NullMarked;
