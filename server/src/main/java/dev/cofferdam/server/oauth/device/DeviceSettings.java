package dev.cofferdam.server.oauth.device;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.devices.*}: programs that show a code for a person to type.
 *
 * @param goodFor how long a code can be typed, 1 to 30 minutes
 * @param most how many wait at most, 1 to 1000000; what has expired counts for ten minutes more
 * @param commandLine whether people may let the command line that comes with this server act for
 *     them (`cofferdam login`)
 */
@ConfigurationProperties("cofferdam.devices")
public record DeviceSettings(
    @DefaultValue("10m") Duration goodFor,
    @DefaultValue("10000") int most,
    @DefaultValue("true") boolean commandLine) {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final int LARGEST = 1_000_000;

  public DeviceSettings {
    if (goodFor.compareTo(SHORTEST) < 0 || goodFor.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "`cofferdam.devices.good-for` is `%s`: it is 1 to 30 minutes.".formatted(goodFor));
    }
    if (most < 1 || most > LARGEST) {
      throw new IllegalArgumentException(
          "`cofferdam.devices.most` is `%d`: it is 1 to %d.".formatted(most, LARGEST));
    }
  }
}
