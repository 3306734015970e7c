package dev.cofferdam.server.console;

/**
 * A member in the list.
 *
 * @param called their name, or else their address, or else their id
 * @param beside their address where the name is there
 * @param self whether it is who looks
 */
public record MemberLine(
    String id, String called, String beside, String role, String version, boolean self) {}
