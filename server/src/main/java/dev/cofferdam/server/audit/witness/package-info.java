/**
 * Asks a witness to cosign checkpoints (C2SP tlog-witness), so that not even the holder of a log's
 * key can show one history to some and another to others.
 */
@NamedInterface("witness")
@NullMarked
package dev.cofferdam.server.audit.witness;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
