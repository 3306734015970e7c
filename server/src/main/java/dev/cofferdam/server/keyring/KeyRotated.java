package dev.cofferdam.server.keyring;

/**
 * A ring got a new active key; the previous one only verifies from now on. Announced inside the
 * transaction that does it.
 */
public record KeyRotated(Ring ring, KeyInfo previous, KeyInfo active) {}
