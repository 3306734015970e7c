package dev.cofferdam.server.keyring;

import java.util.List;

/**
 * What hangs on a ring.
 *
 * @param keys its keys, the newest first
 * @param live what the modules count that use it
 */
public record BlastRadius(Ring ring, List<KeyInfo> keys, List<KeyUsage.Artefacts> live) {
  public BlastRadius {
    keys = List.copyOf(keys);
    live = List.copyOf(live);
  }

  /** What is lost when the ring is destroyed, in words. */
  public String diesWithIt() {
    return ring.purpose().diesWithIt();
  }
}
