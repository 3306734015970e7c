package dev.cofferdam.server.keyring;

/**
 * A ring has a key that is to take the place of its active one. Announced inside the transaction
 * that does it.
 */
public record KeyAnnounced(Ring ring, KeyInfo key) {}
