package dev.cofferdam.node.terminal;

import dev.cofferdam.node.client.RefusedByServerException;
import dev.cofferdam.node.client.Reply;
import dev.cofferdam.node.client.Wire;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * Where a server is asked for tokens, as it says itself (RFC 8414).
 *
 * @param server its origin, which every path is of
 */
record Endpoints(
    URI server, String deviceEndpoint, String tokenEndpoint, String revocationEndpoint) {
  private static final String METADATA = "/.well-known/oauth-authorization-server";

  /**
   * Those of a server.
   *
   * @throws RefusedByServerException when it has none, or names another server: tokens are shown
   *     where they were asked for, and nowhere else
   */
  static Endpoints of(Wire wire, Patience patience) throws IOException {
    Reply told = patience.send(() -> wire.send("GET", METADATA, Map.of(), null));
    if (!told.isDone()) {
      throw refused("it says nothing of how programs ask for tokens");
    }
    if (!told.member("issuer").equals(wire.origin().toString())) {
      throw refused("it calls itself `" + told.member("issuer") + "`: use that address");
    }
    return new Endpoints(
        wire.origin(),
        path(wire.origin(), told.member("device_authorization_endpoint")),
        path(wire.origin(), told.member("token_endpoint")),
        path(wire.origin(), told.member("revocation_endpoint")));
  }

  private static String path(URI server, String address) throws IOException {
    String origin = server + "/";
    if (!address.startsWith(origin)) {
      throw refused("it has programs ask at `" + address + "`, which is another server");
    }
    return address.substring(origin.length() - 1);
  }

  private static RefusedByServerException refused(String why) {
    return new RefusedByServerException(0, "", "This is no server to log in to: " + why + ".");
  }
}
