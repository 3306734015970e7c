package dev.cofferdam.server.limits;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * The networks by which an address is counted.
 *
 * <p>One customer of an IPv6 provider has a /64 at least, and can ask from any address in it; many
 * can have a /48 for the asking. So the /64 counts as one address, and the /48 as sixteen.
 */
final class Network {
  /** How many times the quota of one address a /48 has. */
  static final int SITE_SHARE = 16;

  private Network() {}

  /** What counts as one address. */
  static String host(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? hex(bytes, 4) : hex(bytes, 8);
  }

  /** Whether the address is also counted with those around it. */
  static boolean hasSite(InetAddress address) {
    return !(address instanceof Inet4Address);
  }

  /** The /48 of an IPv6 address. */
  static String site(InetAddress address) {
    return "site " + hex(address.getAddress(), 6);
  }

  private static String hex(byte[] bytes, int length) {
    return HexFormat.of().formatHex(bytes, 0, length);
  }
}
