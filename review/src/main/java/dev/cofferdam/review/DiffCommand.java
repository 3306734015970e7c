package dev.cofferdam.review;

import dev.cofferdam.review.render.SignOffFile;
import dev.cofferdam.review.seal.Difference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code review diff}: what has changed from one sign-off to another. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Tells what got worse, what got better and what else changed.")
final class DiffCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "BEFORE", description = "A sign-off.")
  private Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "AFTER", description = "A later one.")
  private Path after = Path.of("");

  @Override
  public Integer call() throws IOException {
    Difference difference =
        Difference.between(
            SignOffFile.open(before).sealed().signOff(),
            SignOffFile.open(after).sealed().signOff());
    tell("worse", difference.worse());
    tell("better", difference.better());
    tell("changed", difference.neither());
    if (difference.worse().isEmpty()
        && difference.better().isEmpty()
        && difference.neither().isEmpty()) {
      System.out.println("They say the same.");
    }
    return difference.worse().isEmpty() ? Main.GOOD : Main.FINDING;
  }

  private static void tell(String how, List<String> lines) {
    lines.forEach(line -> System.out.printf("%-8s %s%n", how, line));
  }
}
