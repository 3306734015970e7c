package dev.cofferdam.review.register;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where a threat is met: a row may be attacked in the database long before it has a route. */
public enum Half {
  /** The database, attacked with SQL. */
  DATABASE,
  /** The server's routes, attacked over HTTP. */
  HTTP,
  /** Files, processes and memory of the host. */
  HOST,
  /** What is shipped: manifests, images, dependencies. */
  DELIVERY;

  /** As the register writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Half of(String word) {
    return Arrays.stream(values())
        .filter(half -> half.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new RegisterRefusedException(
                    "`"
                        + word
                        + "` is no half of a threat: use one of "
                        + Arrays.stream(values())
                            .map(Half::word)
                            .collect(Collectors.joining(", "))));
  }
}
