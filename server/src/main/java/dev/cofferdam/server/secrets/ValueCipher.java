package dev.cofferdam.server.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.server.authz.ProjectId;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.RingKey;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.Optional;

/**
 * Seals values for lying in the database, under the tenant's ring {@code data}. What was sealed
 * opens as the same version of the same secret of the same project and tenant, and as nothing else.
 */
final class ValueCipher {
  private final Keyring keyring;

  ValueCipher(Keyring keyring) {
    this.keyring = keyring;
  }

  /** The place of a value. */
  record Place(TenantId tenant, ProjectId project, SecretId secret, long version) {
    // INVARIANT: no part can hold a slash of its own, so no two places give the same bytes.
    private byte[] aad() {
      return ("cofferdam/1/secret-value/" + tenant + "/" + project + "/" + secret + "/" + version)
          .getBytes(US_ASCII);
    }
  }

  /** Seals {@code value}, which the caller clears. */
  SealedValue seal(Place place, byte[] value) {
    try (RingKey key = keyring.active(ring(place))) {
      return new SealedValue(key.info().id(), key.seal(place.aad(), value));
    }
  }

  /** Opens it; empty when its key may not open anything any more, or is gone. */
  Optional<Opening> open(Place place, SealedValue value) {
    Optional<RingKey> found = keyring.find(ring(place), value.key());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (RingKey key = found.get()) {
      return Optional.of(key.open(place.aad(), value.sealed()));
    }
  }

  private static Ring ring(Place place) {
    return new Ring.OfTenant(place.tenant(), KeyPurpose.DATA);
  }
}
