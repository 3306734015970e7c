package dev.cofferdam.server.tenancy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** The names in the resource {@code reserved-slugs}, by what they look like. */
final class ReservedSlugs {
  private static final Set<String> SKELETONS = read();

  private ReservedSlugs() {}

  static boolean looksReserved(String text) {
    return SKELETONS.contains(Skeleton.of(text));
  }

  private static Set<String> read() {
    try (InputStream in = ReservedSlugs.class.getResourceAsStream("reserved-slugs")) {
      if (in == null) {
        throw new IllegalStateException("the list of reserved slugs is missing from the archive");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(Skeleton::of)
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
