package dev.cofferdam.server.egress;

import java.net.URI;
import java.util.Set;

/**
 * The address of a server as a setting names one: scheme, host and perhaps port, nothing behind.
 */
public final class Origin {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private Origin() {}

  /**
   * Refuses what is no such address.
   *
   * @throws IllegalArgumentException naming the setting and an example
   */
  public static void required(String setting, URI address) {
    String path = address.getRawPath();
    if (address.getScheme() == null
        || address.getHost() == null
        || address.getRawQuery() != null
        || address.getRawFragment() != null
        || address.getRawUserInfo() != null
        || path != null && !path.isEmpty()
        || Destination.of(address + "/").isEmpty()) {
      throw new IllegalArgumentException(
          setting
              + " is `"
              + address
              + "`: it is such as `https://bao.internal:8200`, without a path");
    }
  }

  /** Whether what goes there is encrypted, or stays on this machine by what is written. */
  public static boolean isEncryptedOrHere(URI address) {
    return "https".equals(address.getScheme())
        || "http".equals(address.getScheme()) && THIS_MACHINE.contains(address.getHost());
  }
}
