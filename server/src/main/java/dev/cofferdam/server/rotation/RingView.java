package dev.cofferdam.server.rotation;

import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyUsage;
import dev.cofferdam.server.keyring.Ring;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A ring, as an operator sees it.
 *
 * @param keys the newest first
 */
public record RingView(Ring ring, List<KeyView> keys) {
  public RingView {
    keys = List.copyOf(keys);
  }

  /**
   * One key of it.
   *
   * @param due when it is to be rotated, of the active one
   * @param needs what needs it, where that can be counted; nothing where it is zero
   * @param neededUntil until when something may need it that nobody counts; empty when that is over
   */
  public record KeyView(
      KeyInfo key,
      Optional<Instant> due,
      List<KeyUsage.Artefacts> needs,
      Optional<Instant> neededUntil) {
    public KeyView {
      needs = List.copyOf(needs);
    }

    /** Whether nothing is lost with it. */
    public boolean mayGo() {
      return switch (key.state()) {
        case ANNOUNCED, ACTIVE, DESTROYED -> false;
        case VERIFYING_ONLY, RETIRED -> needs.isEmpty() && neededUntil.isEmpty();
      };
    }
  }
}
