package dev.cofferdam.server.launch.http;

import dev.cofferdam.server.launch.settings.SettingsRefusedException;
import java.net.InetAddress;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.http.*}: the public port.
 *
 * @param address the address to listen on; without `cofferdam.tls` loopback only
 * @param port the port to listen on, 0 for any free one
 */
@ConfigurationProperties("cofferdam.http")
public record HttpSettings(
    @DefaultValue("127.0.0.1") InetAddress address, @DefaultValue("8080") int port) {
  public HttpSettings {
    requirePort("cofferdam.http.port", port);
  }

  static void requirePort(String name, int port) {
    if (port < 0 || port > 65_535) {
      throw new SettingsRefusedException(
          "`%s` is `%d`: a port is 1 to 65535, or 0 for any free one.".formatted(name, port));
    }
  }
}
