package dev.cofferdam.review;

import dev.cofferdam.review.register.Acceptances;
import dev.cofferdam.review.seal.ReviewerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who stands behind a run, and what somebody answers for. */
final class SigningOptions {
  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The reviewer's key; the usual one by default, where there is one.")
  private Path key = Path.of("");

  @Option(
      names = "--acceptances",
      paramLabel = "FILE",
      description = "What is accepted; review/acceptances.yaml of the sources by default.")
  private Path accepted = Path.of("");

  Acceptances acceptances(Path root) throws IOException {
    if (!accepted.toString().isEmpty()) {
      return Acceptances.in(accepted);
    }
    Path usual = root.resolve("review/acceptances.yaml");
    return Files.exists(usual) ? Acceptances.in(usual) : Acceptances.none();
  }

  Optional<ReviewerKey> signer() throws IOException {
    if (!key.toString().isEmpty()) {
      return Optional.of(ReviewerKey.open(key));
    }
    Path usual = ReviewerKey.usual();
    return Files.exists(usual) ? Optional.of(ReviewerKey.open(usual)) : Optional.empty();
  }
}
