package dev.cofferdam.server.keyring;

/** A ring got its first key. Announced inside the transaction that does it. */
public record KeyCreated(Ring ring, KeyInfo key) {}
