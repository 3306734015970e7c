package dev.cofferdam.server.oauth.issuing;

import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyState;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.tenancy.Scopes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Turns the ring {@code access-token} when it is time (docs/adr/0067): announces the next key, lets
 * it sign when everybody has it, and retires the older one when nothing is left of what it signed.
 * Any number of servers may do it at once.
 */
final class KeyTurns {
  /** How long a key is published before it signs. */
  static final Duration ANNOUNCED = Duration.ofDays(1);

  private static final Duration ACTIVE = KeyPurpose.ACCESS_TOKEN.activeFor();
  private static final Duration VERIFIES = KeyPurpose.ACCESS_TOKEN.verifiesFor();

  private final Keyring keyring;
  private final Clock clock;

  KeyTurns(Keyring keyring, Clock clock) {
    this.keyring = keyring;
    this.clock = clock;
  }

  /** Does what is due now. */
  void turn() {
    Scopes.run(SigningKeys.SCOPE, this::step);
  }

  private void step() {
    List<KeyInfo> keys = keyring.list(SigningKeys.RING);
    Instant now = clock.instant();
    Optional<KeyInfo> announced = in(keys, KeyState.ANNOUNCED);
    in(keys, KeyState.ACTIVE)
        .ifPresent(
            active -> {
              boolean due = isPast(active, ACTIVE.minus(ANNOUNCED), now);
              if (announced.isPresent() && isPast(announced.get(), ANNOUNCED, now)) {
                keyring.rotate(SigningKeys.RING, active.version());
              } else if (announced.isEmpty() && due) {
                keyring.announce(SigningKeys.RING, active.version());
              }
            });
    keys.stream()
        .filter(key -> key.state() == KeyState.VERIFYING_ONLY && isPast(key, VERIFIES, now))
        .forEach(key -> keyring.retire(SigningKeys.RING, key.version()));
  }

  private static Optional<KeyInfo> in(List<KeyInfo> keys, KeyState state) {
    return keys.stream().filter(key -> key.state() == state).findFirst();
  }

  /** Whether it has been in its state for so long. */
  private static boolean isPast(KeyInfo key, Duration time, Instant now) {
    return !now.isBefore(key.since().plus(time));
  }
}
