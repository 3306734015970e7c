package dev.cofferdam.server.console;

/**
 * An identity provider of the tenant's own in the list.
 *
 * @param said what its state means, as a sentence
 */
public record ProviderLine(String id, String alias, String issuer, String state, String said) {}
