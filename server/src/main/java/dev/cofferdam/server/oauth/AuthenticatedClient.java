package dev.cofferdam.server.oauth;

/**
 * A client that did at the token endpoint what its {@link ClientAuthentication} asks: for one with
 * keys that is proof of who it is, for a public one nothing but its name.
 */
public record AuthenticatedClient(Client client) {}
