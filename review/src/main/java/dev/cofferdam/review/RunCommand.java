package dev.cofferdam.review;

import dev.cofferdam.review.laboratory.Archives;
import dev.cofferdam.review.laboratory.Laboratories;
import dev.cofferdam.review.register.Acceptances;
import dev.cofferdam.review.register.Register;
import dev.cofferdam.review.render.Pages;
import dev.cofferdam.review.run.Plan;
import dev.cofferdam.review.run.Progress;
import dev.cofferdam.review.run.Result;
import dev.cofferdam.review.run.Runner;
import dev.cofferdam.review.seal.ReviewerKey;
import dev.cofferdam.review.seal.Sealed;
import dev.cofferdam.review.signoff.Drafting;
import dev.cofferdam.review.signoff.History;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.Subject;
import dev.cofferdam.review.signoff.Subjects;
import dev.cofferdam.review.web.Coverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code review run}: in a laboratory of its own, from nothing to the sign-off. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Starts a laboratory, plays every attack and every mutant, and writes the sign-off.")
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--root",
      defaultValue = ".",
      description = "The folder of the sources, with what the build left in it.")
  private Path root = Path.of(".");

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Where the sign-off goes; review/target/review of the sources by default, and part in"
              + " there when only some attacks are played.")
  private Path report = Path.of("");

  @Option(
      names = "--only",
      paramLabel = "ATTACK",
      split = ",",
      description = "Only attacks whose name begins so, for example ISO-04.")
  private List<String> only = List.of();

  /** What was played beside the laboratories. */
  private final Optional<Drafting.Live> live;

  @Mixin private SigningOptions signing = new SigningOptions();

  @Parameters(paramLabel = "ATTACK", arity = "0..*", description = "The same as --only.")
  private List<String> named = List.of();

  RunCommand() {
    this(Optional.empty());
  }

  /**
   * @param live what was played of the same plan against a server that goes on
   */
  RunCommand(Optional<Drafting.Live> live) {
    this.live = live;
  }

  @Override
  public Integer call() throws IOException {
    Clock clock = Clock.systemUTC();
    Instant began = clock.instant();
    List<String> asked = new ArrayList<>(only);
    asked.addAll(named);
    Plan whole = Plan.of(Register.shipped(), Attacks.all());
    Plan plan = asked.isEmpty() ? whole : whole.only(asked);
    if (plan.trials().isEmpty()) {
      throw new IOException("No attack begins with " + String.join(" or ", asked) + ".");
    }
    // Whatever could keep the sign-off from being written is looked at before minutes are spent.
    Path usual = root.resolve("review/target/review");
    Path folder = report;
    if (report.toString().isEmpty()) {
      // What a run of everything left is worth more than a part.
      folder = asked.isEmpty() ? usual : usual.resolve("part");
    }
    Files.createDirectories(folder);
    History history = History.of(folder.resolve("history.jsonl"));
    Acceptances acceptances = signing.acceptances(root);
    Optional<ReviewerKey> signer = signing.signer();
    Archives archives = Archives.builtIn(root);
    Subject subject = Subjects.of(archives, Laboratories.settings());

    System.out.println("Starting laboratories: in each a server, its database, two tenants.");
    List<Result> results;
    List<String> unprobed;
    Coverage coverage;
    int count;
    try (Laboratories laboratories = Laboratories.open(archives, plan.trials().size())) {
      count = laboratories.all().size();
      System.out.printf(
          "%d ready after %.1f s. %d mutants to go.%n",
          count,
          Duration.between(began, clock.instant()).toMillis() / 1000.0,
          plan.trials().size());
      unprobed = laboratories.any().unprobed();
      unprobed.forEach(route -> System.out.println("FINDING  without probes: " + route));
      Progress progress = new Progress(plan, earlier(usual), clock);
      results =
          new Runner(laboratories.all(), progress::expected)
              .run(plan, result -> tell(progress.after(result), result));
      coverage = asked.isEmpty() ? laboratories.coverage() : Coverage.none();
      laboratories.keepLogs(folder);
    }
    SignOff signOff =
        Drafting.of(
            new Drafting.Played(
                whole,
                asked,
                results,
                unprobed,
                coverage,
                began,
                Duration.between(began, clock.instant()),
                count,
                machine(),
                Optional.empty(),
                live),
            subject,
            acceptances,
            history.points());
    Sealed sealed =
        signer.map(one -> Sealed.by(one, signOff)).orElseGet(() -> Sealed.unsigned(signOff));
    Pages.write(sealed, folder);
    history.append(signOff);
    return told(sealed, folder);
  }

  /** What each trial took in the run before, as far as that can be read. */
  private static Map<String, Long> earlier(Path folder) throws IOException {
    Path before = folder.resolve(Pages.JSON);
    Map<String, Long> earlier = new HashMap<>();
    if (Files.exists(before)) {
      try {
        Sealed.parse(Files.readString(before))
            .signOff()
            .trials()
            .forEach(trial -> earlier.put(trial.name(), trial.millis()));
      } catch (IllegalArgumentException ofAnotherVersion) {
        // Only how long it will take is told less well.
        return Map.of();
      }
    }
    return earlier;
  }

  static String machine() {
    return "%d processors, %s %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version().feature());
  }

  private static void tell(String progress, Result result) {
    System.out.printf(
        "%s %-8s %-44s %-40s %6d ms%n",
        progress,
        result.good() ? "refused" : "FINDING",
        result.trial().attack().id(),
        String.join(", ", result.trial().mutant().layers()),
        result.took().toMillis());
    result.findings().forEach(finding -> System.out.println("         " + finding));
  }

  private static int told(Sealed sealed, Path folder) {
    SignOff signOff = sealed.signOff();
    signOff
        .findings()
        .forEach(
            finding ->
                System.out.printf(
                    "%-8s %s, %s, owner %s%n",
                    finding.disposition().word(),
                    finding.id(),
                    finding.severity().word(),
                    finding.owner()));
    System.out.printf(
        "%s: %d mutants in %d s, %s. Sign-off: %s%n",
        signOff.run().verdict().word(),
        signOff.trials().size(),
        signOff.run().millis() / 1000,
        sealed.claimedSigner().isEmpty()
            ? "not signed (`./cofferdam review key` makes a key)"
            : "signed by " + sealed.claimedSigner(),
        folder.resolve("sign-off.html").normalize());
    return switch (signOff.run().verdict()) {
      case GOOD, ACCEPTED, INCOMPLETE -> Main.GOOD;
      case FINDINGS -> Main.FINDING;
    };
  }
}
