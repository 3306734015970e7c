package dev.cofferdam.review;

import dev.cofferdam.review.seal.ReviewerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code review key}: makes a reviewer's key, or shows what verifiers are given of it. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Makes the reviewer's key where there is none, and prints its public half.")
final class KeyCommand implements Callable<Integer> {
  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Where it lies; cofferdam/reviewer.key of the user's configuration by default.")
  private Path file = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "reviewer",
      description = "Under which name a new one signs; without spaces.")
  private String name = "reviewer";

  @Override
  public Integer call() throws IOException {
    Path where = file.toString().isEmpty() ? ReviewerKey.usual() : file;
    boolean known = Files.exists(where);
    ReviewerKey key = known ? ReviewerKey.open(where) : ReviewerKey.make(where, name);
    System.err.println(
        "cofferdam: "
            + (known ? "the key in `" : "made a key in `")
            + where
            + "`; verifiers are given this:");
    System.out.println(key.published());
    return Main.GOOD;
  }
}
