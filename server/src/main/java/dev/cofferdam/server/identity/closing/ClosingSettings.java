package dev.cofferdam.server.identity.closing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.tenants.*}.
 *
 * @param deletionDelay how long an owner can call a deletion off, 1 hour to 90 days
 */
@ConfigurationProperties("cofferdam.tenants")
public record ClosingSettings(@DefaultValue("7d") Duration deletionDelay) {
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(90);

  public ClosingSettings {
    if (deletionDelay.compareTo(SHORTEST) < 0 || deletionDelay.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "`cofferdam.tenants.deletion-delay` is `"
              + deletionDelay
              + "`: it is 1 hour to 90 days.");
    }
  }
}
