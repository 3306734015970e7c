package dev.cofferdam.review.operations;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** SUP-02: a library that is not the one that was looked at. */
public final class Supply {
  private Supply() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "SUP-02.exchanged",
            "puts another archive in the place of a library, and one more beside it",
            Mode.SAFE,
            Set.of(Identity.DEVELOPER),
            Supply::exchanged,
            Supply::knowsItsOwn));
  }

  private static Verdict exchanged(Target target) throws IOException {
    Path folder = Files.createTempDirectory("cofferdam-review-");
    try {
      Path genuine = smallest(target);
      Path exchanged = Files.copy(genuine, folder.resolve(String.valueOf(genuine.getFileName())));
      // Behind the end of an archive nobody reads: it works as before.
      Files.writeString(exchanged, "x", StandardOpenOption.APPEND);
      Files.writeString(folder.resolve("helpful-1.0.jar"), "PK");
      List<String> found = target.server().foreignLibraries(folder);
      return found.size() == 2
          ? new Verdict.Refused("found: " + found)
          : new Verdict.Succeeded("two foreign archives, of which were found: " + found);
    } finally {
      delete(folder);
    }
  }

  private static Path smallest(Target target) throws IOException {
    try (Stream<Path> files = Files.list(target.server().libraryFolder())) {
      return files
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("cofferdam-"))
          .min(Comparator.comparingLong(Supply::size))
          .orElseThrow();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** What the server runs with is what it was built with. */
  private static String knowsItsOwn(Target target) {
    List<String> foreign = target.server().foreignLibraries(target.server().libraryFolder());
    if (!foreign.isEmpty()) {
      throw new IllegalStateException("the server's own archives are foreign: " + foreign);
    }
    return "all archives of the server's own are known";
  }
}
