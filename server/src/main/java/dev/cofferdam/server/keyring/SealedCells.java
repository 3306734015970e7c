package dev.cofferdam.server.keyring;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The port by which a module hands over one sort of ciphertext that lies under the keys of tenants'
 * rings, so that after a rotation it can be sealed anew and the older key be destroyed. Called in
 * the tenant's scope.
 *
 * <p>Sealing anew disturbs nobody: whoever reads meanwhile finds a ciphertext that opens, before
 * and after, and what somebody writes meanwhile is never written over. Any number of servers may do
 * it at once.
 */
public interface SealedCells {
  /** Under which ring they lie: one whose holder is a tenant. */
  KeyPurpose purpose();

  /** In words for the operator, plural: {@code versions of secrets}. */
  String what();

  /** How many of the bound tenant's lie under this key. */
  long under(KeyId key);

  /**
   * Moves some of the bound tenant's cells to the key that is active, each in a statement of its
   * own.
   *
   * @param from under which they lie
   * @param after the last one of the page before, or null at the beginning
   * @param most at a time
   */
  Moved move(KeyId from, @Nullable UUID after, int most);

  /**
   * What came of one page.
   *
   * @param moved how many lie under the active key now
   * @param spoilt how many did not open, and lie where they lay
   * @param last where the next page begins; null when this was the last one
   */
  record Moved(int moved, int spoilt, @Nullable UUID last) {}
}
