package dev.cofferdam.server.rotation;

import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A rotation of the rings of one purpose.
 *
 * @param only whose ring, where it is one tenant's alone
 * @param urgent whether a key takes over at once that not everybody knows of yet
 * @param doneTo the last tenant that is done with
 * @param rings how many have a key of this rotation or a newer one, of the tenants so far
 * @param cells how much of what is sealed at rest lies under these keys
 * @param spoilt how much of it did not open, and lies where it lay
 * @param resumed how often it was taken over from a server that did not let go of it
 * @param heldUp what it waits for that does not go away by itself
 * @param endedAt empty while it goes on
 */
public record KeyRun(
    UUID id,
    KeyPurpose purpose,
    Optional<TenantId> only,
    boolean urgent,
    String reason,
    PersonId begunBy,
    Instant begunAt,
    Optional<TenantId> doneTo,
    long rings,
    long cells,
    long spoilt,
    int resumed,
    Optional<HeldUp> heldUp,
    Optional<Instant> endedAt) {}
