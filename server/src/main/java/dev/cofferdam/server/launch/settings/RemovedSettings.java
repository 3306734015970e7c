package dev.cofferdam.server.launch.settings;

import java.util.Map;

/**
 * Settings that earlier releases had. One stays here for good: whoever still sets it is told what
 * to do instead of being ignored.
 *
 * @param instead a sentence by name
 */
record RemovedSettings(Map<String, String> instead) {
  RemovedSettings {
    instead = Map.copyOf(instead);
  }

  /** None was removed before the first release. */
  static RemovedSettings ofServer() {
    return new RemovedSettings(Map.of());
  }
}
