package dev.cofferdam.server.console;

/**
 * An invite in the list.
 *
 * @param open whether it can still be taken back or sent again
 */
public record InviteLine(
    String id,
    String address,
    String role,
    String state,
    String letter,
    String expiresAt,
    String expires,
    String version,
    boolean open) {}
