package dev.cofferdam.review.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What takes long, as it was once seen to: so that a run that knows of none before it plays these
 * first too.
 */
public final class SlowTrials {
  private static final String FILE = "slow-trials";

  private SlowTrials() {}

  /** Milliseconds by the name of the trial. */
  public static Map<String, Long> shipped() {
    try (InputStream in = SlowTrials.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the file " + FILE + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" "))
          .collect(Collectors.toMap(words -> words[1], words -> 1000 * Long.parseLong(words[0])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
