package dev.cofferdam.server.egress;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.egress.*}: how the server reaches other machines.
 *
 * @param allowed hosts with their port ({@code host:port}) that may be private or on an unusual
 *     port; plain http is possible to this machine alone
 * @param allowedToTenants the same for what a tenant names, such as its own identity provider
 * @param trustedRoots a PEM file of authorities that are trusted beside those of the JDK
 * @param connectTime how long to wait for a connection, 100 ms to 30 s
 * @param totalTime how long a request may take with everything, 1 s to 2 m
 * @param mostAtOnce how many requests may be under way, 1 to 1000
 * @param nameServers the name servers ({@code address:port}) that are asked about domains which
 *     tenants claim; those of the system when empty. Whoever answers in their place can prove any
 *     domain: name one on this machine that validates
 */
@ConfigurationProperties("cofferdam.egress")
public record EgressSettings(
    @DefaultValue List<String> allowed,
    @DefaultValue List<String> allowedToTenants,
    @Nullable Path trustedRoots,
    @DefaultValue("3s") Duration connectTime,
    @DefaultValue("10s") Duration totalTime,
    @DefaultValue("64") int mostAtOnce,
    @DefaultValue List<String> nameServers) {

  public EgressSettings {
    allowed = destinations("allowed", allowed);
    allowedToTenants = destinations("allowed-to-tenants", allowedToTenants);
    nameServers = List.copyOf(nameServers);
    nameServers.forEach(EgressSettings::requireAddress);
    requireBetween("connect-time", connectTime, Duration.ofMillis(100), Duration.ofSeconds(30));
    requireBetween("total-time", totalTime, Duration.ofSeconds(1), Duration.ofMinutes(2));
    if (mostAtOnce < 1 || mostAtOnce > 1000) {
      throw new IllegalArgumentException(
          "cofferdam.egress.most-at-once must be between 1 and 1000, not `" + mostAtOnce + "`");
    }
  }

  private static void requireAddress(String server) {
    int colon = server.lastIndexOf(':');
    try {
      InetAddress.ofLiteral(colon < 0 ? "" : server.substring(0, colon));
      int port = Integer.parseInt(server.substring(colon + 1));
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("no port");
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "cofferdam.egress.name-servers must hold entries such as `127.0.0.1:53` or `[::1]:53`,"
              + " not `"
              + server
              + "`",
          e);
    }
  }

  Set<NamedDestination> named() {
    return named(allowed);
  }

  Set<NamedDestination> namedToTenants() {
    return named(allowedToTenants);
  }

  private static Set<NamedDestination> named(List<String> destinations) {
    return destinations.stream().map(NamedDestination::of).collect(Collectors.toUnmodifiableSet());
  }

  private static List<String> destinations(String setting, List<String> values) {
    for (String destination : values) {
      try {
        NamedDestination.of(destination);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "cofferdam.egress.%s must hold entries such as `idp.internal:8443`: %s"
                .formatted(setting, e.getMessage()),
            e);
      }
    }
    return List.copyOf(values);
  }

  private static void requireBetween(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "cofferdam.egress.%s must be between %d ms and %d s, not `%d ms`"
              .formatted(name, least.toMillis(), most.toSeconds(), value.toMillis()));
    }
  }
}
