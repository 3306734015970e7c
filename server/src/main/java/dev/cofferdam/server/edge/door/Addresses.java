package dev.cofferdam.server.edge.door;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The address of the client. The perimeter has put right what a trusted proxy said of it. */
final class Addresses {
  private Addresses() {}

  static InetAddress of(HttpServletRequest request) {
    try {
      // A literal always: no name is looked up.
      return InetAddress.getByName(request.getRemoteAddr());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the container names a peer without an address", e);
    }
  }
}
