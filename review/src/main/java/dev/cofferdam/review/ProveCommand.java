package dev.cofferdam.review;

import dev.cofferdam.review.render.Pages;
import dev.cofferdam.review.render.SignOffFile;
import dev.cofferdam.review.seal.Platform;
import dev.cofferdam.review.seal.Sealed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code review prove}: has the log of a platform that goes on prove when a sign-off was there. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description = "Records a sign-off in a platform's log, and writes it anew with the receipt.")
final class ProveCommand implements Callable<Integer> {
  @Option(
      names = "--server",
      paramLabel = "URL",
      required = true,
      description = "The server; https, or http on this machine.")
  private URI server = URI.create("");

  @Option(
      names = "--session",
      paramLabel = "FILE",
      required = true,
      description = "A file of one's own with the cookie of an operator's session.")
  private Path session = Path.of("");

  @Parameters(paramLabel = "FILE", description = "sign-off.json or sign-off.html.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException, InterruptedException {
    Sealed sealed = SignOffFile.open(file).sealed();
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Sealed.Proof proof = Platform.at(server, session).record(sealed.digest());
    Pages.write(sealed.provenBy(proof), folder);
    System.out.println("Recorded. The log's key is to be had from whoever runs the platform.");
    return Main.GOOD;
  }
}
