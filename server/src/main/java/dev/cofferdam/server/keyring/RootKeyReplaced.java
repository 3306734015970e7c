package dev.cofferdam.server.keyring;

import java.time.Instant;

/**
 * That another root key has taken the place of a database's.
 *
 * @param rewrapped how many keys lie under the newer one
 * @param unopenable how many did not open under the older one, and are lost
 */
public record RootKeyReplaced(
    String oldId,
    String newId,
    Instant begunAt,
    Instant endedAt,
    long rewrapped,
    long unopenable) {}
