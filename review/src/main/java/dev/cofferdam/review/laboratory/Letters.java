package dev.cofferdam.review.laboratory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The letters that the server hands over: what lies in the mailboxes of the laboratory's people.
 */
final class Letters {
  private static final Pattern CODE = Pattern.compile("(?m)^([0-9a-z]{75})\\r?$");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Path folder;

  Letters(Path folder) {
    this.folder = folder;
  }

  /** The code in the newest letter to {@code address}, once it is there. */
  String code(String address) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    for (Optional<String> code = newest(address); ; code = newest(address)) {
      if (code.isPresent()) {
        return code.get();
      }
      if (System.nanoTime() > until) {
        throw new LaboratoryException("no letter came to " + address);
      }
      Pauses.pause(PAUSE, "a letter was under way");
    }
  }

  private Optional<String> newest(String address) {
    return files().stream()
        .map(Letters::text)
        .filter(text -> text.contains(address))
        .map(CODE::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }

  /** The newest first: they are named by their time. */
  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".eml"))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
