package dev.cofferdam.server.console;

import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.server.audit.store.PublishedKeys;
import org.jspecify.annotations.Nullable;

/**
 * A key that checkpoints are or were signed with.
 *
 * @param publicKey as verifiers take it, or null once it counts no more
 */
public record KeyLine(
    int version, String state, @Nullable String publicKey, String sinceAt, String since) {

  static KeyLine of(PublishedKeys.Known known) {
    return new KeyLine(
        known.version(),
        known.state().replace('_', ' '),
        known.key().map(NoteKey::toString).orElse(null),
        known.since().toString(),
        Words.of(known.since()));
  }
}
