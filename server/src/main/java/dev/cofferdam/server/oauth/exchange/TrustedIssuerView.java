package dev.cofferdam.server.oauth.exchange;

import dev.cofferdam.server.tenancy.PersonId;
import java.time.Instant;
import java.util.Optional;

/**
 * An issuer that the tenant trusts.
 *
 * @param keys where its keys are; empty when its document says that
 * @param audience whom its tokens must be made for
 * @param reusable whether one token may be exchanged more than once
 */
public record TrustedIssuerView(
    TrustedIssuerId id,
    String label,
    String issuer,
    Optional<String> keys,
    String audience,
    boolean reusable,
    PersonId madeBy,
    Instant createdAt) {}
