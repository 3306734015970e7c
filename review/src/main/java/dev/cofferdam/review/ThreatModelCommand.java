package dev.cofferdam.review;

import dev.cofferdam.review.register.Register;
import dev.cofferdam.review.run.Plan;
import dev.cofferdam.review.run.ThreatModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code review threat-model}: writes the register as a page. */
@Command(
    name = "threat-model",
    mixinStandardHelpOptions = true,
    description = "Writes docs/threat-model.md from the register.")
final class ThreatModelCommand implements Callable<Integer> {
  @Option(names = "--root", defaultValue = ".", description = "The folder of the sources.")
  private Path root = Path.of(".");

  @Override
  public Integer call() throws IOException {
    Path page = root.resolve("docs/threat-model.md");
    Files.writeString(page, ThreatModel.page(Plan.of(Register.shipped(), Attacks.all())));
    System.out.println("Wrote " + page.normalize());
    return Main.GOOD;
  }
}
