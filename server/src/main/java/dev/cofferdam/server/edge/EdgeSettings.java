package dev.cofferdam.server.edge;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings {@code cofferdam.edge.*}: whom the public port believes, and how much it takes in.
 *
 * @param hosts the names by which clients reach this server, besides those of loopback; a request
 *     for any other is refused
 * @param trustedProxies addresses, or networks such as {@code 10.0.0.0/8}, whose {@code
 *     X-Forwarded-*} fields are believed; those of anybody else are ignored
 * @param corsOrigins the origins, such as {@code https://app.example.com}, whose pages may call the
 *     API with a token; none may with a cookie
 * @param headTimeout how long the head of a request may take to arrive, from its first byte to its
 *     last, and likewise a TLS handshake; one second to one minute
 * @param bodyLimit the largest body of a request
 * @param bodyTimeout how long a body may take to arrive, from its first byte to its last
 */
@ConfigurationProperties("cofferdam.edge")
public record EdgeSettings(
    @DefaultValue List<String> hosts,
    @DefaultValue List<String> trustedProxies,
    @DefaultValue List<String> corsOrigins,
    @DefaultValue("10s") Duration headTimeout,
    @DefaultValue("1MB") DataSize bodyLimit,
    @DefaultValue("20s") Duration bodyTimeout) {
  private static final DataSize LARGEST = DataSize.ofMegabytes(16);
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([a-z0-9.-]{0,252})|\\[[0-9a-f:.]+]");
  private static final Pattern ORIGIN =
      Pattern.compile(
          "https://[a-z0-9.-]+(:[0-9]{1,5})?|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?");

  public EdgeSettings {
    hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    trustedProxies = List.copyOf(trustedProxies);
    corsOrigins = List.copyOf(corsOrigins);
    hosts.forEach(EdgeSettings::requireHost);
    corsOrigins.forEach(EdgeSettings::requireOrigin);
    trustedProxies.forEach(Network::of);
    if (bodyLimit.toBytes() < 1024 || bodyLimit.compareTo(LARGEST) > 0) {
      throw new EdgeRefusedException(
          "`cofferdam.edge.body-limit` is `%s`: it is 1KB to %s.".formatted(bodyLimit, LARGEST));
    }
    requireBetween("head-timeout", headTimeout, Duration.ofMinutes(1));
    requireBetween("body-timeout", bodyTimeout, Duration.ofMinutes(10));
  }

  private static void requireBetween(String name, Duration value, Duration most) {
    if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(most) > 0) {
      throw new EdgeRefusedException(
          "`cofferdam.edge.%s` is `%d ms`: it is 1 s to %d s."
              .formatted(name, value.toMillis(), most.toSeconds()));
    }
  }

  private static void requireHost(String host) {
    if (!HOST.matcher(host).matches()) {
      throw new EdgeRefusedException(
          "`cofferdam.edge.hosts` has `%s`: name a host as clients do, without scheme, port or wildcard."
              .formatted(host));
    }
  }

  private static void requireOrigin(String origin) {
    if (!ORIGIN.matcher(origin).matches()) {
      throw new EdgeRefusedException(
          "`cofferdam.edge.cors-origins` has `%s`: name each origin in full, such as `https://app.example.com`; http only on loopback, and no wildcard or `null`."
              .formatted(origin));
    }
  }
}
