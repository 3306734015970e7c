/**
 * Measures Cofferdam beside the plain way of doing the same thing, in interleaved rounds of one
 * run.
 *
 * <p>Ratios are what may be quoted: each is the median over rounds of the ratio within a round, so
 * that a machine that gets slower in the middle slows both sides. Absolute figures are kept for the
 * record.
 */
@NullMarked
package dev.cofferdam.bench;

import org.jspecify.annotations.NullMarked;
