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
 * @param vouched whether it can say of the address that it verified it
 * @param byDomain whether the workspace's domains speak for addresses of which it says nothing
 * @param trial the last one
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
    String nameClaim,
    String emailClaim,
    boolean vouched,
    boolean byDomain,
    @Nullable String triedAt,
    @Nullable Trial trial,
    boolean active,
    String version) {

  /**
   * That somebody tried it.
   *
   * @param said what came of it and what to do about it, as a sentence
   * @param through whether somebody came through
   */
  public record Trial(String at, String time, String said, boolean through) {}
}
