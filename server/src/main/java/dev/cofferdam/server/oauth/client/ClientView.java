package dev.cofferdam.server.oauth.client;

import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A client of a tenant.
 *
 * @param scopes as they are stored
 * @param keys by which it proves who it is; empty for one that cannot keep a key to itself
 */
public record ClientView(
    TenantId tenant,
    UUID id,
    String name,
    List<RedirectUri> redirectUris,
    List<String> scopes,
    Optional<PublicKeys> keys,
    PersonId madeBy,
    Instant createdAt) {}
