package dev.cofferdam.server.audit.check;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.audit.check.*}.
 *
 * @param every the pause between two looks at all logs
 */
@ConfigurationProperties("cofferdam.audit.check")
public record CheckSettings(@DefaultValue("10m") Duration every) {
  public CheckSettings {
    if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "cofferdam.audit.check.every must be between 1s and 24h, not `" + every + "`");
    }
  }
}
