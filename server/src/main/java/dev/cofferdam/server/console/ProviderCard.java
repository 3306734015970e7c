package dev.cofferdam.server.console;

import org.jspecify.annotations.Nullable;

/**
 * An identity provider of the tenant's own; times once for machines and once for people.
 *
 * @param said what its state means, as a sentence
 * @param why it cannot be used, as a sentence
 * @param redirect where it sends browsers back to, to be entered there
 * @param signedOut where it sends them after they signed out there, to be entered there too
 * @param signIn where its people sign in
 * @param platform where those sign in whom the platform's provider knows
 * @param publicKey to be entered there, where this server proves itself by a key
 */
public record ProviderCard(
    String id,
    String alias,
    String issuer,
    String clientId,
    String state,
    String said,
    @Nullable String why,
    String redirect,
    String signedOut,
    String signIn,
    String platform,
    @Nullable String publicKey,
    String multiFactor,
    String phishingResistant,
    String leastAcr,
    @Nullable String triedAt,
    @Nullable String tried,
    boolean active,
    String version) {}
