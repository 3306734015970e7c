package dev.cofferdam.server.rotation;

import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyUsage;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a rotation would do, before it does anything.
 *
 * @param rings how many there are to be turned
 * @param announced for how long the next key is announced before it makes anything
 * @param agesOut what the older keys made, and only that, ages out; by sorts
 * @param overlap for how long an older key still verifies or opens what it made
 * @param sealedAnew what is moved to the new keys, so that nothing of it ages out; by sorts
 * @param seen by which whoever begins says that this is what they saw
 */
public record Preview(
    KeyPurpose purpose,
    Optional<TenantId> only,
    long rings,
    Duration announced,
    List<KeyUsage.Artefacts> agesOut,
    Duration overlap,
    List<KeyUsage.Artefacts> sealedAnew,
    String seen) {
  public Preview {
    agesOut = List.copyOf(agesOut);
    sealedAnew = List.copyOf(sealedAnew);
  }
}
