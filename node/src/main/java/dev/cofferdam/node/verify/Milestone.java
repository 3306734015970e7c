package dev.cofferdam.node.verify;

import dev.cofferdam.protocol.log.Checkpoint;

/**
 * A signed root that the tree must have on its way.
 *
 * @param source what it was found in, for people
 */
record Milestone(Checkpoint checkpoint, String source) {}
