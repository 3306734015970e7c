package dev.cofferdam.server.edge.wire;

import dev.cofferdam.server.edge.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/**
 * Believes {@code X-Forwarded-For}, {@code -Proto} and {@code -Host} when the peer is a proxy that
 * the operator named, and otherwise nothing of them.
 */
final class Forwarded {
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9a-fA-F:.]+]");

  private final List<Network> proxies;

  Forwarded(List<String> proxies) {
    this.proxies = proxies.stream().map(Network::of).toList();
  }

  /**
   * @return whether what a believed proxy says can be understood
   */
  boolean apply(Request request) {
    if (!isProxy(request.getRemoteAddr())) {
      return true;
    }
    return address(request) && scheme(request) && host(request);
  }

  /** The last address that is not a proxy's: those before it anybody could have written. */
  private boolean address(Request request) {
    @Nullable String field = request.getHeader("X-Forwarded-For");
    if (field == null) {
      return true;
    }
    for (String hop : Arrays.asList(field.split(",")).reversed()) {
      String address = hop.strip();
      if (!ADDRESS.matcher(address).matches()) {
        return false;
      }
      request.setRemoteAddr(address);
      request.setRemoteHost(address);
      if (!isProxy(address)) {
        return true;
      }
    }
    return true;
  }

  private static boolean scheme(Request request) {
    @Nullable String field = request.getHeader("X-Forwarded-Proto");
    if (field == null) {
      return true;
    }
    boolean https = field.equals("https");
    if (!https && !field.equals("http")) {
      return false;
    }
    request.setSecure(https);
    request.getCoyoteRequest().scheme().setString(field);
    request.setServerPort(https ? 443 : 80);
    return true;
  }

  private static boolean host(Request request) {
    @Nullable String field = request.getHeader("X-Forwarded-Host");
    if (field == null) {
      return true;
    }
    int colon = field.endsWith("]") ? -1 : field.lastIndexOf(':');
    String host = colon < 0 ? field : field.substring(0, colon);
    if (!HOST.matcher(host).matches()) {
      return false;
    }
    request.getCoyoteRequest().serverName().setString(host.toLowerCase(Locale.ROOT));
    if (colon >= 0) {
      String port = field.substring(colon + 1);
      if (!port.matches("[0-9]{1,5}")) {
        return false;
      }
      request.setServerPort(Integer.parseInt(port));
    }
    return true;
  }

  private boolean isProxy(String address) {
    if (proxies.isEmpty()) {
      return false;
    }
    try {
      InetAddress peer = InetAddress.getByName(address);
      return proxies.stream().anyMatch(network -> network.contains(peer));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
