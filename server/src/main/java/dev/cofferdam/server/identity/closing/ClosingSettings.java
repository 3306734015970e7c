package dev.cofferdam.server.identity.closing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.tenants.*}.
 *
 * @param deletionDelay how long an owner can call a deletion off to which another owner has agreed,
 *     1 hour to 90 days; so long one has to have been an owner to agree
 * @param deletionDelayAlone how long where one owner is the only one, 1 hour to 90 days, and no
 *     shorter
 */
@ConfigurationProperties("cofferdam.tenants")
public record ClosingSettings(
    @DefaultValue("7d") Duration deletionDelay, @DefaultValue("30d") Duration deletionDelayAlone) {
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(90);

  public ClosingSettings {
    require("deletion-delay", deletionDelay);
    require("deletion-delay-alone", deletionDelayAlone);
    if (deletionDelayAlone.compareTo(deletionDelay) < 0) {
      throw new IllegalArgumentException(
          "`cofferdam.tenants.deletion-delay-alone` is `%s`, and shorter than `deletion-delay`: who is alone waits no shorter."
              .formatted(deletionDelayAlone));
    }
  }

  private static void require(String name, Duration delay) {
    if (delay.compareTo(SHORTEST) < 0 || delay.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "`cofferdam.tenants.%s` is `%s`: it is 1 hour to 90 days.".formatted(name, delay));
    }
  }
}
