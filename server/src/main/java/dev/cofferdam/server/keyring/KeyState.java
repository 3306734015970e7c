package dev.cofferdam.server.keyring;

import java.util.Locale;

/** Where a key is in its life. It only moves forward; the database holds that too. */
public enum KeyState {
  /**
   * Is published, and makes nothing yet: it takes the place of the active one when that is rotated.
   * One key of a ring at most.
   */
  ANNOUNCED,
  /** Makes new artefacts and verifies or decrypts its own. One key of a ring at most. */
  ACTIVE,
  /** Verifies or decrypts what it made, and makes nothing new. */
  VERIFYING_ONLY,
  /** Does nothing any more; its bytes are kept, wrapped, until they are destroyed. */
  RETIRED,
  /** Its bytes are gone. Its row stays, so that its artefacts can still be told from forgeries. */
  DESTROYED;

  /** Whether a key in this state still verifies or decrypts. */
  public boolean verifies() {
    return switch (this) {
      case ACTIVE, VERIFYING_ONLY -> true;
      case ANNOUNCED, RETIRED, DESTROYED -> false;
    };
  }

  String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  static KeyState ofStored(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}
