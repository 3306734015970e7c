/**
 * The laboratory agent: runs inside the server's process, in an archive of its own, and never in
 * production.
 *
 * <p>Woven once at start. Every woven place asks {@link dev.cofferdam.review.agent.Switches}
 * whether its layer is out; with all layers in, the server does exactly what it does without the
 * agent. The laboratory turns the switches over a channel on loopback that answers only to a random
 * token. Knows the server by the names in {@link dev.cofferdam.review.agent.Seams}, which a test
 * compares with the server's archive.
 */
@NullMarked
package dev.cofferdam.review.agent;

import org.jspecify.annotations.NullMarked;
