package dev.cofferdam.review;

import dev.cofferdam.review.laboratory.Archives;
import dev.cofferdam.review.laboratory.Laboratories;
import dev.cofferdam.review.register.Register;
import dev.cofferdam.review.run.Plan;
import dev.cofferdam.review.run.Report;
import dev.cofferdam.review.run.Result;
import dev.cofferdam.review.run.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code review run}: in a laboratory of its own, from nothing to the report. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Starts a laboratory, plays every attack and every mutant, and writes the report.")
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--root",
      defaultValue = ".",
      description = "The folder of the sources, with what the build left in it.")
  private Path root = Path.of(".");

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Where the report goes; review/target/review of the sources by default.")
  private Path report = Path.of("");

  @Parameters(
      paramLabel = "ATTACK",
      arity = "0..*",
      description = "Only attacks whose name begins so, for example ISO-04.")
  private List<String> only = List.of();

  @Override
  public Integer call() throws IOException {
    Clock clock = Clock.systemUTC();
    Instant began = clock.instant();
    Plan whole = Plan.of(Register.shipped(), Attacks.all());
    Plan plan = only.isEmpty() ? whole : whole.only(only);
    System.out.println("Starting laboratories: in each a server, its database, two tenants.");
    List<Result> results;
    List<String> unprobed;
    Path folder = report.toString().isEmpty() ? root.resolve("review/target/review") : report;
    Files.createDirectories(folder);
    try (Laboratories laboratories =
        Laboratories.open(Archives.builtIn(root), plan.trials().size())) {
      System.out.printf(
          "%d ready after %.1f s. %d mutants to go.%n",
          laboratories.all().size(),
          Duration.between(began, clock.instant()).toMillis() / 1000.0,
          plan.trials().size());
      unprobed = laboratories.any().unprobed();
      unprobed.forEach(route -> System.out.println("FINDING  without probes: " + route));
      results = new Runner(laboratories.all()).run(plan, RunCommand::tell);
      laboratories.keepLogs(folder);
    }
    Report written =
        Report.of(plan, unprobed, results, began, Duration.between(began, clock.instant()));
    Files.writeString(folder.resolve("report.json"), written.json());
    Files.writeString(folder.resolve("report.md"), written.markdown());
    System.out.printf(
        "%s: %d mutants in %d s. Report: %s%n",
        written.good() ? "Good" : "Findings",
        results.size(),
        written.took().toSeconds(),
        folder.resolve("report.md").normalize());
    return written.good() ? Main.GOOD : Main.FINDING;
  }

  private static void tell(Result result) {
    System.out.printf(
        "%-8s %-44s %-40s %6d ms%n",
        result.good() ? "refused" : "FINDING",
        result.trial().attack().id(),
        String.join(", ", result.trial().mutant().layers()),
        result.took().toMillis());
    result.findings().forEach(finding -> System.out.println("         " + finding));
  }
}
