package dev.cofferdam.server.identity.token;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.tokens.*}: tokens of people and of services.
 *
 * @param longest how long a token is good at most, 1 hour to 366 days
 * @param mostPerPerson how many a member has at most in a tenant, 1 to 1000
 * @param mostOfServices how many the services of a tenant have at most together, 1 to 10000
 */
@ConfigurationProperties("cofferdam.tokens")
public record TokenSettings(
    @DefaultValue("366d") Duration longest,
    @DefaultValue("50") int mostPerPerson,
    @DefaultValue("200") int mostOfServices) {
  private static final Duration SHORTEST = Duration.ofHours(1);
  // No longer than a key of the ring `token` verifies after its rotation.
  private static final Duration LONGEST = Duration.ofDays(366);

  public TokenSettings {
    if (longest.compareTo(SHORTEST) < 0 || longest.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "`cofferdam.tokens.longest` is `%s`: it is 1 hour to %d days."
              .formatted(longest, LONGEST.toDays()));
    }
    require("most-per-person", mostPerPerson, 1000);
    require("most-of-services", mostOfServices, 10_000);
  }

  private static void require(String name, int given, int most) {
    if (given < 1 || given > most) {
      throw new IllegalArgumentException(
          "`cofferdam.tokens.%s` is `%d`: it is 1 to %d.".formatted(name, given, most));
    }
  }
}
