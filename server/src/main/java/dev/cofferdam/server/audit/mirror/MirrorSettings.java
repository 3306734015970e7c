package dev.cofferdam.server.audit.mirror;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.audit.mirror.*}.
 *
 * @param directory of the mirror; best on another disk or host, where the database's administrator
 *     does not write. `./cofferdam up` takes `mirror` in the data directory when absent
 * @param every the pause between two looks at what was committed
 * @param patience how long the mirror may be away before nothing is given away any more that needs
 *     a record; at least three times `every`
 * @param beginAgain whether logs whose mirror is missing are mirrored anew: only for the start
 *     after the directory was moved or lost on purpose
 */
@ConfigurationProperties("cofferdam.audit.mirror")
public record MirrorSettings(
    @Nullable Path directory,
    @DefaultValue("1s") Duration every,
    @DefaultValue("10s") Duration patience,
    @DefaultValue("false") boolean beginAgain) {
  public MirrorSettings {
    if (every.compareTo(Duration.ofMillis(100)) < 0 || every.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "cofferdam.audit.mirror.every must be between 100ms and 1h, not `" + every + "`");
    }
    if (patience.compareTo(Duration.ofSeconds(1)) < 0
        || patience.compareTo(Duration.ofHours(3)) > 0
        || patience.compareTo(every.multipliedBy(3)) < 0) {
      throw new IllegalArgumentException(
          "cofferdam.audit.mirror.patience must be between 1s and 3h, and at least three times"
              + " cofferdam.audit.mirror.every, not `"
              + patience
              + "`");
    }
  }
}
