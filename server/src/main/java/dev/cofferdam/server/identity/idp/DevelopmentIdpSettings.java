package dev.cofferdam.server.identity.idp;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.development-idp.*}: the identity provider that signs people in by
 * one click, as long as no other is set.
 *
 * @param address the address to listen on; loopback only
 * @param port the port to listen on, 0 for any free one; when absent the public port and two more,
 *     so that it stays the same issuer over restarts
 * @param anybody whether it signs in whoever calls themselves {@code anybody-…} too, beside the
 *     people on its page: for tests that need more of them
 */
@ConfigurationProperties("cofferdam.development-idp")
public record DevelopmentIdpSettings(
    @DefaultValue("127.0.0.1") InetAddress address,
    @Nullable Integer port,
    @DefaultValue("false") boolean anybody) {

  public DevelopmentIdpSettings {
    requireLoopback(address);
    if (port != null && (port < 0 || port > 65_535)) {
      throw new IllegalArgumentException(
          "cofferdam.development-idp.port is `%d`: a port is 1 to 65535, or 0 for any free one"
              .formatted(port));
    }
  }

  private static void requireLoopback(InetAddress address) {
    if (!address.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "cofferdam.development-idp.address is `%s`, which other hosts reach, and this identity provider asks nobody for proof: set it to `127.0.0.1`, or set cofferdam.idp.issuer to an identity provider of your own"
              .formatted(address.getHostAddress()));
    }
  }

  /** The port to listen on beside a public port, which is 0 for any free one. */
  int beside(int publicPort) {
    if (port != null) {
      return port;
    }
    return publicPort == 0 || publicPort + 2 > 65_535 ? 0 : publicPort + 2;
  }
}
