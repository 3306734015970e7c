package dev.cofferdam.server.limits;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whose requests a quota counts together. */
public enum By {
  /** One person or node, over all of its sessions and tokens. */
  PRINCIPAL,
  /** All principals of one tenant. */
  TENANT,
  /** Everybody without a valid credential at one address: an IPv4 address, or an IPv6 /64. */
  ADDRESS;

  /** As the table and the settings write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<By> labelled(String label) {
    return Arrays.stream(values()).filter(by -> by.label().equals(label)).findFirst();
  }
}
