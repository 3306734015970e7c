package dev.cofferdam.server.secrets;

import dev.cofferdam.server.keyring.KeyId;

/**
 * A value as it lies.
 *
 * @param key of the ring {@code data} under which it is sealed
 */
record SealedValue(KeyId key, byte[] sealed) {}
