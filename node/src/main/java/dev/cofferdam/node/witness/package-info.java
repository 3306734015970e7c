/**
 * A small witness (C2SP tlog-witness): cosigns the checkpoints of the logs it knows, each only when
 * it is proven to continue the one before. So whoever trusts the witness knows that nobody is shown
 * another history than the rest of the world, not even by the holder of the log's key.
 *
 * <p>Promises: what was cosigned is durable before the cosignature leaves, also over kill −9; two
 * checkpoints of one log that do not continue each other are never both cosigned.
 */
@NullMarked
package dev.cofferdam.node.witness;

import org.jspecify.annotations.NullMarked;
