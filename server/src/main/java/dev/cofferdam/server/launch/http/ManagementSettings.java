package dev.cofferdam.server.launch.http;

import java.net.InetAddress;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.management.*}: the port for health, readiness and metrics, which
 * asks nobody for a password.
 *
 * @param address the address to listen on; without `cofferdam.tls.client-authorities` loopback only
 * @param port the port to listen on, 0 for any free one
 */
@ConfigurationProperties("cofferdam.management")
public record ManagementSettings(
    @DefaultValue("127.0.0.1") InetAddress address, @DefaultValue("8081") int port) {
  public ManagementSettings {
    HttpSettings.requirePort("cofferdam.management.port", port);
  }
}
