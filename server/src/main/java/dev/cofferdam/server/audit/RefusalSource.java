package dev.cofferdam.server.audit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where refused requests come from: a network, and no single address, because a record stays for
 * good and an address may be a person's.
 *
 * @param network as text, at most 60 characters
 */
public record RefusalSource(String network) {
  private static final int IPV4_KEPT = 3;
  private static final int IPV6_KEPT = 6;

  public RefusalSource {
    if (network.isEmpty() || network.length() > 60) {
      throw new IllegalArgumentException("a source has 1 to 60 characters, not `" + network + "`");
    }
  }

  /** The network of an address: {@code /24} of IPv4, {@code /48} of IPv6. */
  public static RefusalSource of(InetAddress address) {
    byte[] bytes = address.getAddress();
    int kept = address instanceof Inet4Address ? IPV4_KEPT : IPV6_KEPT;
    Arrays.fill(bytes, kept, bytes.length, (byte) 0);
    try {
      return new RefusalSource(InetAddress.getByAddress(bytes).getHostAddress() + "/" + kept * 8);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
