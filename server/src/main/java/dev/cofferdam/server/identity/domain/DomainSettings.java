package dev.cofferdam.server.identity.domain;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.domains.*}: what tenants prove of domains.
 *
 * @param lookEvery how often a proven domain is looked at again, 1 minute to 7 days
 * @param retryEvery how soon, when its record was not seen, 1 minute to 1 day
 * @param grace how long it is believed since its record was last seen, at least twice {@code
 *     look-every} and at most 30 days
 * @param mostClaims how many domains a tenant may claim, 1 to 1000
 */
@ConfigurationProperties("cofferdam.domains")
public record DomainSettings(
    @DefaultValue("12h") Duration lookEvery,
    @DefaultValue("1h") Duration retryEvery,
    @DefaultValue("3d") Duration grace,
    @DefaultValue("50") int mostClaims) {

  public DomainSettings {
    requireBetween("look-every", lookEvery, Duration.ofMinutes(1), Duration.ofDays(7));
    requireBetween("retry-every", retryEvery, Duration.ofMinutes(1), Duration.ofDays(1));
    requireBetween("grace", grace, lookEvery.multipliedBy(2), Duration.ofDays(30));
    if (mostClaims < 1 || mostClaims > 1000) {
      throw new IllegalArgumentException(
          "`cofferdam.domains.most-claims` is `" + mostClaims + "`: it is 1 to 1000.");
    }
  }

  private static void requireBetween(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "`cofferdam.domains.%s` is `%s`: it is between `%s` and `%s`."
              .formatted(name, value, least, most));
    }
  }
}
