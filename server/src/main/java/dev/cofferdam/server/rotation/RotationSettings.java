package dev.cofferdam.server.rotation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.rotation.*}.
 *
 * @param destructionDelay for how long a destruction for all tenants can be called back after a
 *     second operator approved it, 1 h to 30 d
 */
@ConfigurationProperties("cofferdam.rotation")
public record RotationSettings(@DefaultValue("24h") Duration destructionDelay) {
  public RotationSettings {
    if (destructionDelay.compareTo(Duration.ofHours(1)) < 0
        || destructionDelay.compareTo(Duration.ofDays(30)) > 0) {
      throw new IllegalArgumentException(
          "cofferdam.rotation.destruction-delay must be between 1 h and 30 d, not `"
              + destructionDelay
              + "`");
    }
  }
}
