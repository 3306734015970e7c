package dev.cofferdam.server.rotation;

import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyKind;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyState;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Turns one ring of the platform: a key by which others verify is announced, and takes over when
 * everybody has it. Each call does what can be done now; it may be called again and again.
 */
final class Turns {
  /** Every server looks at the keys that it holds open this often, twice over. */
  static final Duration KNOWN_TO_SERVERS = Duration.ofSeconds(30);

  /** The published keys may be kept for ten minutes (docs/adr/0067), and then are fetched. */
  static final Duration KNOWN_TO_CLIENTS = Duration.ofMinutes(15);

  private final Keyring keyring;
  private final Clock clock;

  Turns(Keyring keyring, Clock clock) {
    this.keyring = keyring;
    this.clock = clock;
  }

  /** What came of a look at a ring. */
  enum Came {
    /** Its active key is of this rotation, or newer. */
    TURNED,
    /** A key is announced, and takes over when it is known. */
    WAITS,
    /** It was never used. */
    UNUSED
  }

  Came turn(KeyRun run) {
    Ring.OfPlatform ring = new Ring.OfPlatform(run.purpose());
    List<KeyInfo> keys = keyring.list(ring);
    Optional<KeyInfo> active = in(keys, KeyState.ACTIVE);
    if (active.isEmpty()) {
      return Came.UNUSED;
    }
    if (!active.get().since().isBefore(run.begunAt())) {
      return Came.TURNED;
    }
    requireBegun(run, clock);
    int version = active.get().version();
    if (!run.urgent() && !announced(run.purpose()).isZero()) {
      Optional<KeyInfo> next = in(keys, KeyState.ANNOUNCED);
      if (next.isEmpty()) {
        keyring.announce(ring, version);
        return Came.WAITS;
      }
      Instant known = next.get().since().plus(announced(run.purpose()));
      if (clock.instant().isBefore(known)) {
        return Came.WAITS;
      }
    }
    keyring.rotate(ring, version);
    return Came.TURNED;
  }

  /**
   * INVARIANT: what is turned is younger than the rotation. On a clock that was set back it would
   * not be, and be turned again and again.
   */
  static void requireBegun(KeyRun run, Clock clock) {
    if (clock.instant().isBefore(run.begunAt())) {
      throw new IllegalStateException("the clock is before the beginning of the rotation");
    }
  }

  /** For how long a key of this purpose is announced before it makes anything. */
  static Duration announced(KeyPurpose purpose) {
    if (purpose == KeyPurpose.ACCESS_TOKEN) {
      return KNOWN_TO_CLIENTS;
    }
    return purpose.holder() == KeyPurpose.Holder.PLATFORM && purpose.kind() == KeyKind.MAC
        ? KNOWN_TO_SERVERS
        : Duration.ZERO;
  }

  private static Optional<KeyInfo> in(List<KeyInfo> keys, KeyState state) {
    return keys.stream().filter(key -> key.state() == state).findFirst();
  }
}
