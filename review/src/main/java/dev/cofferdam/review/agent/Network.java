package dev.cofferdam.review.agent;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The network around the server, as the outbound client of an attack's own issuer sees it: names
 * that lead where the attacker says, and one listener for every address that there is. Nothing
 * leaves this machine, whatever layer is out. Safe for use by many threads.
 */
public final class Network {
  /** What resolvers of operating systems read as an IPv4 address, in every base and length. */
  private static final Pattern NUMBERS =
      Pattern.compile("(0[xX][0-9a-fA-F]+|[0-9]+)(\\.(0[xX][0-9a-fA-F]+|[0-9]+)){0,3}");

  private static final Map<String, Deque<String>> NAMES = new HashMap<>();
  private static final List<String> CONNECTIONS = new CopyOnWriteArrayList<>();
  private static volatile int listener;
  private static volatile Set<String> direct = Set.of();

  private Network() {}

  /**
   * @param port of a listener on this machine
   * @param names each before its addresses, which are parted by blanks; one that is there twice has
   *     those addresses one after the other
   */
  static synchronized void around(int port, List<String> names) {
    forget();
    listener = port;
    for (int i = 0; i < names.size(); i += 2) {
      NAMES.computeIfAbsent(names.get(i), _ -> new ArrayDeque<>()).add(names.get(i + 1));
    }
  }

  static synchronized void forget() {
    NAMES.clear();
    CONNECTIONS.clear();
    listener = 0;
    direct = Set.of();
  }

  /** Host and port that are reached as they are: the attacker's own issuer. */
  static void lead(Set<String> destinations) {
    direct = Set.copyOf(destinations);
  }

  /** Where connections were made to, beside those to the attacker's own issuer. */
  static List<String> connections() {
    return List.copyOf(CONNECTIONS);
  }

  /** Whether a host is a name, and no address. */
  public static boolean isName(String host) {
    return !host.contains(":") && !NUMBERS.matcher(host).matches();
  }

  /** The addresses of a name, as its owner says this time. */
  public static synchronized InetAddress[] lookUp(String host) throws UnknownHostException {
    Deque<String> answers = NAMES.get(host);
    if (answers != null) {
      String answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
      List<InetAddress> addresses = new ArrayList<>();
      for (String address : answer.split(" ")) {
        addresses.add(address(address));
      }
      return addresses.toArray(InetAddress[]::new);
    }
    return new InetAddress[] {address(host)};
  }

  private static InetAddress address(String text) throws UnknownHostException {
    String bare = text.replaceAll("^\\[|]$", "");
    if (bare.contains(":")) {
      byte[] bytes = sixteen(InetAddress.ofLiteral(bare).getAddress());
      // Java would make an IPv4 address of a mapped one; other resolvers do not.
      return Inet6Address.getByAddress(null, bytes, -1);
    }
    if (!NUMBERS.matcher(bare).matches()) {
      throw new UnknownHostException(text);
    }
    return InetAddress.getByAddress(numbers(bare.split("\\.")));
  }

  private static byte[] sixteen(byte[] bytes) {
    if (bytes.length == 16) {
      return bytes;
    }
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xff;
    System.arraycopy(bytes, 0, mapped, 12, 4);
    return mapped;
  }

  /** The last number fills what the others leave. */
  private static byte[] numbers(String[] parts) {
    long all = 0;
    for (int n = 0; n < parts.length - 1; n++) {
      all |= number(parts[n]) << (24 - 8 * n);
    }
    all |= number(parts[parts.length - 1]);
    return new byte[] {(byte) (all >> 24), (byte) (all >> 16), (byte) (all >> 8), (byte) all};
  }

  private static long number(String text) {
    Matcher hex = Pattern.compile("0[xX]([0-9a-fA-F]+)").matcher(text);
    return hex.matches()
        ? Long.parseLong(hex.group(1), 16)
        : Long.parseLong(text, text.length() > 1 && text.startsWith("0") ? 8 : 10);
  }

  /** A socket whose connections arrive at the listener, wherever they are meant to go. */
  static Socket socket() {
    return new Diverted();
  }

  private static final class Diverted extends Socket {
    @Override
    public void connect(SocketAddress to, int timeout) throws IOException {
      InetSocketAddress meant = (InetSocketAddress) to;
      String destination = meant.getAddress().getHostAddress() + ":" + meant.getPort();
      if (direct.contains(destination)) {
        super.connect(to, timeout);
        return;
      }
      CONNECTIONS.add(destination);
      super.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener), timeout);
    }
  }
}
