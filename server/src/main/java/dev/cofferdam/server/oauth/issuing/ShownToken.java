package dev.cofferdam.server.oauth.issuing;

import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.Holders;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.KeyThumbprint;
import java.time.Instant;
import java.util.Optional;

/**
 * An access token that was verified, and what its holder is.
 *
 * @param issuer under which name it is good
 * @param subject as the token names it
 * @param boundTo the key of which a proof has to be beside it
 * @param number up to where revocations were known before the holder was read
 */
public record ShownToken(
    Issuer issuer,
    ClientId client,
    Holder holder,
    String subject,
    String id,
    Holders.Standing standing,
    Optional<KeyThumbprint> boundTo,
    Instant issuedAt,
    Instant expiresAt,
    long number) {}
