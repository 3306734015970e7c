package dev.cofferdam.server.oauth.authorization;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.grants.*}: what people let clients have.
 *
 * @param idle after which a grant ends that was not used, 1 hour to 90 days
 * @param longest after which it ends in any case, 1 hour to 366 days
 * @param mostPerPerson how many a member has given at most in a tenant, 1 to 1000; of more, those
 *     end that were used longest ago
 */
@ConfigurationProperties("cofferdam.grants")
public record GrantSettings(
    @DefaultValue("30d") Duration idle,
    @DefaultValue("180d") Duration longest,
    @DefaultValue("50") int mostPerPerson) {
  private static final Duration SHORTEST = Duration.ofHours(1);
  // No longer than a key of the ring `refresh` verifies after its rotation.
  private static final Duration LONGEST_IDLE = Duration.ofDays(90);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int MOST = 1000;

  public GrantSettings {
    require("idle", idle, LONGEST_IDLE);
    require("longest", longest, LONGEST);
    if (mostPerPerson < 1 || mostPerPerson > MOST) {
      throw new IllegalArgumentException(
          "`cofferdam.grants.most-per-person` is `%d`: it is 1 to %d."
              .formatted(mostPerPerson, MOST));
    }
  }

  private static void require(String name, Duration given, Duration most) {
    if (given.compareTo(SHORTEST) < 0 || given.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "`cofferdam.grants.%s` is `%s`: it is 1 hour to %d days."
              .formatted(name, given, most.toDays()));
    }
  }
}
