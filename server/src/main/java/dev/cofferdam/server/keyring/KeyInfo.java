package dev.cofferdam.server.keyring;

import java.time.Instant;

/**
 * What everybody may know of a key: everything but the key.
 *
 * @param version 1 for the first of its ring
 * @param since when it came into {@code state}
 */
public record KeyInfo(
    KeyId id, KeyPurpose purpose, int version, KeyState state, Instant createdAt, Instant since) {}
