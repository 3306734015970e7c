package dev.cofferdam.server.keyring;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The port by which a module tells what hangs on the keys it uses, so that a preview can name it
 * before a key is rotated or destroyed. Called in the scope of the ring.
 */
public interface KeyUsage {
  /** Later than any moment. */
  Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

  /** For which purposes this module answers. */
  Set<KeyPurpose> purposes();

  /** What would die with the ring just now. */
  List<Artefacts> live(Ring ring);

  /** What of that one key made, or more where it cannot be told; never less. */
  List<Artefacts> live(Ring ring, Reign reign);

  /**
   * When a key was the one that makes, on any server.
   *
   * @param until exclusive
   */
  record Reign(KeyInfo key, Instant from, Instant until) {}

  /**
   * Artefacts of one sort.
   *
   * @param what in words for the operator, plural, for example {@code sessions}
   * @param count how many are alive
   */
  record Artefacts(String what, long count) {}
}
