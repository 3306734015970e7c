package dev.cofferdam.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The letters of the servers of this JVM that no test gave a mail of its own. */
public final class Letters {
  private static final Pattern CODE = Pattern.compile("(?m)^([0-9a-z]{75})\\r?$");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Letters() {}

  /** The letters to an address, the oldest first. */
  public static List<String> to(String address) {
    try (Stream<Path> files = Files.list(Path.of(StartedServer.LETTERS))) {
      return files
          .filter(file -> file.toString().endsWith(".eml"))
          .sorted()
          .map(Letters::read)
          .filter(letter -> letter.contains("To: " + address + "\r\n"))
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The code of the {@code nth} letter to an address, from 1, as soon as it is there. */
  public static String code(String address, int nth) {
    long began = System.nanoTime();
    while (System.nanoTime() - began < PATIENCE.toNanos()) {
      List<String> letters = to(address);
      if (letters.size() >= nth) {
        return code(letters.get(nth - 1)).orElseThrow();
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no such letter to " + address);
  }

  private static Optional<String> code(String letter) {
    Matcher found = CODE.matcher(letter);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
