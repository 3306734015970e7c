/**
 * Verifies audit logs and receipts offline. Shares the format with the server, and nothing else.
 *
 * <p>Against whom: whoever lacks the log's key is found by the log's own checkpoint. Whoever holds
 * that key can sign another history, and is found only by comparison with something out of his
 * reach: a checkpoint or receipt that was kept, a witness's cosignature, a second copy. Without any
 * of those the answer is "could not tell".
 */
@NullMarked
package dev.cofferdam.node.verify;

import org.jspecify.annotations.NullMarked;
