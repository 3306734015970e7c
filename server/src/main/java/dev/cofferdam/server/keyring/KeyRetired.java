package dev.cofferdam.server.keyring;

/** A key verifies no more. Announced inside the transaction that does it. */
public record KeyRetired(Ring ring, KeyInfo key) {}
