package dev.cofferdam.server.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The kinds of all addresses, from the table {@code special-addresses}: the longest prefix that
 * holds an address says its kind, and every address is in one.
 */
final class AddressKinds {
  private final List<Range> ranges;

  private record Range(byte[] prefix, int bits, AddressKind kind) {
    boolean holds(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >>> (bit % 8);
        if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private AddressKinds(List<Range> ranges) {
    this.ranges = ranges.stream().sorted(Comparator.comparing(Range::bits).reversed()).toList();
  }

  static AddressKinds ofTable() {
    List<Range> ranges = new ArrayList<>();
    try (InputStream table = AddressKinds.class.getResourceAsStream("special-addresses")) {
      if (table == null) {
        throw new IllegalStateException("the archive lacks the table special-addresses");
      }
      new BufferedReader(new InputStreamReader(table, UTF_8))
          .lines()
          .map(line -> line.replaceAll("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .forEach(line -> ranges.add(range(line.split("\\s+"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new AddressKinds(ranges);
  }

  private static Range range(String[] fields) {
    String[] cidr = fields[0].split("/");
    try {
      // An address, never a name: nothing is looked up.
      return new Range(
          bytes(InetAddress.ofLiteral(cidr[0]), cidr[0].contains(":")),
          Integer.parseInt(cidr[1]),
          AddressKind.valueOf(fields[1].toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("a line of special-addresses is no range: " + fields[0], e);
    }
  }

  AddressKind of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ranges.stream()
        .filter(range -> range.holds(bytes))
        .findFirst()
        .map(Range::kind)
        .orElse(AddressKind.RESERVED);
  }

  /** Java makes an IPv4 address of a mapped one: in the table it is still sixteen bytes. */
  private static byte[] bytes(InetAddress address, boolean v6) {
    byte[] bytes = address.getAddress();
    if (!v6 || bytes.length == 16) {
      return bytes;
    }
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xff;
    System.arraycopy(bytes, 0, mapped, 12, 4);
    return mapped;
  }

  /** The address of a literal host. */
  static InetAddress literal(String host) throws UnknownHostException {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      throw new UnknownHostException(host);
    }
  }
}
