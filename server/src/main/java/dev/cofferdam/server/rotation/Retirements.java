package dev.cofferdam.server.rotation;

import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyKind;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyState;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/**
 * Retires keys of the platform whose artefacts have aged out: {@link KeyPurpose#verifiesFor} after
 * they were rotated away. The ring {@code access-token} does that itself.
 */
final class Retirements {
  private static final Scope KEYRING = new Scope.OfPlatform(new Purpose("keyring"));

  private final Keyring keyring;
  private final Clock clock;

  Retirements(Keyring keyring, Clock clock) {
    this.keyring = keyring;
    this.clock = clock;
  }

  /** Does what is due now. */
  void retire() {
    Scopes.run(KEYRING, () -> rings().forEach(this::retire));
  }

  private static List<Ring> rings() {
    return Arrays.stream(KeyPurpose.values())
        .filter(purpose -> purpose.holder() == KeyPurpose.Holder.PLATFORM)
        .filter(purpose -> purpose.kind() == KeyKind.MAC || purpose == KeyPurpose.CURSOR)
        .<Ring>map(Ring.OfPlatform::new)
        .toList();
  }

  private void retire(Ring ring) {
    for (KeyInfo key : keyring.list(ring)) {
      if (key.state() == KeyState.VERIFYING_ONLY
          && !clock.instant().isBefore(key.since().plus(ring.purpose().verifiesFor()))) {
        keyring.retire(ring, key.version());
      }
    }
  }
}
