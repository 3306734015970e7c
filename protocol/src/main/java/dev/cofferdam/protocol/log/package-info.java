/**
 * An append-only Merkle log that anybody can check: hashing and proofs of RFC 9162, checkpoints as
 * C2SP signed notes, and the C2SP tlog-tiles layout, so that tools which others wrote read our
 * logs.
 *
 * <p>Everything here is arithmetic on bytes: no storage, no network, no clock. A verifier needs
 * nothing else.
 */
@NullMarked
package dev.cofferdam.protocol.log;

import org.jspecify.annotations.NullMarked;
