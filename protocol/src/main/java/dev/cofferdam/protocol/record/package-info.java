/**
 * One audit record as the bytes that a log hashes.
 *
 * <p>A record is JSON in the canonical form of RFC 8785, restricted to objects, strings and
 * integers: whoever audits reads it with tools at hand, and there is exactly one encoding of each
 * record. The version stands in the record; a reader refuses versions and fields that it does not
 * know, for it cannot say what they mean.
 */
@NullMarked
package dev.cofferdam.protocol.record;

import org.jspecify.annotations.NullMarked;
