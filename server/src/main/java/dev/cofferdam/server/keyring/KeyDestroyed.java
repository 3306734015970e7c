package dev.cofferdam.server.keyring;

/** The bytes of a key are gone from the database. Announced inside the transaction that does it. */
public record KeyDestroyed(Ring ring, KeyInfo key) {}
