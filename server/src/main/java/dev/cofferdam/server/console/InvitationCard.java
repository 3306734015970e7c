package dev.cofferdam.server.console;

/**
 * An invitation as who was invited reads it.
 *
 * @param inviter how who invites is called
 */
public record InvitationCard(
    String name, String slug, String role, String inviter, String expiresAt, String expires) {}
