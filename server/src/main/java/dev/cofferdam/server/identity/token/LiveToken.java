package dev.cofferdam.server.identity.token;

import dev.cofferdam.server.surface.Caller;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token as it was read.
 *
 * @param subject whom a revocation of it names: its person or its service
 * @param usedAt null before the first time
 * @param number up to where revocations were known before it was read
 */
record LiveToken(
    Caller.Bearer caller, UUID subject, @Nullable Instant usedAt, Instant expiresAt, long number) {

  LiveToken used(Instant at) {
    return new LiveToken(caller, subject, at, expiresAt, number);
  }
}
