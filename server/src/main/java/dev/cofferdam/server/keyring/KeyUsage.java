package dev.cofferdam.server.keyring;

import java.util.List;
import java.util.Set;

/**
 * The port by which a module tells what hangs on the keys it uses, so that a preview can name it
 * before a key is rotated or destroyed. Called in the scope of the ring.
 */
public interface KeyUsage {
  /** For which purposes this module answers. */
  Set<KeyPurpose> purposes();

  /** What would die with the ring just now. */
  List<Artefacts> live(Ring ring);

  /**
   * Artefacts of one sort.
   *
   * @param what in words for the operator, plural, for example {@code sessions}
   * @param count how many are alive
   */
  record Artefacts(String what, long count) {}
}
