package dev.cofferdam.server.keyring;

import java.util.Optional;

/**
 * A ring got a new active key; the previous one only verifies from now on. Announced inside the
 * transaction that does it.
 *
 * @param handover for keys that sign
 */
public record KeyRotated(
    Ring ring, KeyInfo previous, KeyInfo active, Optional<Handover> handover) {}
