package dev.cofferdam.server.operations;

import dev.cofferdam.protocol.log.NoteKey;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.sign-off.*}: of which review's sign-off this server says whether it
 * is still of what runs.
 *
 * @param file the {@code sign-off.note} that a review has written; none, and nothing is compared
 * @param reviewer the public half of the key that must have signed it, as {@code ./cofferdam review
 *     key} prints it
 * @param lookEvery how often the server compares, beside at its start, 10 seconds to 1 day
 */
@ConfigurationProperties("cofferdam.sign-off")
public record SignOffSettings(
    @Nullable Path file, @Nullable String reviewer, @DefaultValue("10m") Duration lookEvery) {

  public SignOffSettings {
    if ((file == null) != (reviewer == null)) {
      throw new IllegalArgumentException(
          "cofferdam.sign-off.file and cofferdam.sign-off.reviewer belong together: a sign-off is whoever's has signed it");
    }
    if (lookEvery.compareTo(Duration.ofSeconds(10)) < 0
        || lookEvery.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "cofferdam.sign-off.look-every is 10 seconds to 1 day, not " + lookEvery);
    }
    if (reviewer != null) {
      key(reviewer);
    }
  }

  private static NoteKey key(String text) {
    try {
      return NoteKey.parse(text);
    } catch (IllegalArgumentException none) {
      throw new IllegalArgumentException(
          "cofferdam.sign-off.reviewer is no key that `./cofferdam review key` prints", none);
    }
  }

  /** Whose sign-off it has to be. */
  NoteKey reviewerKey() {
    if (reviewer == null) {
      throw new IllegalStateException("no reviewer is named");
    }
    return key(reviewer);
  }
}
