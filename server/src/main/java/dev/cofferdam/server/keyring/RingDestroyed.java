package dev.cofferdam.server.keyring;

import java.util.List;

/**
 * Every key of a ring is gone from the database, and it never has one again. Announced inside the
 * transaction that does it, instead of a {@link KeyDestroyed} for each.
 *
 * @param keys those that were not destroyed before
 */
public record RingDestroyed(Ring ring, List<KeyInfo> keys) {
  public RingDestroyed {
    keys = List.copyOf(keys);
  }
}
