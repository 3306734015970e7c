package dev.cofferdam.review;

import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.deployment.Deployment;
import dev.cofferdam.review.deployment.DeploymentRun;
import dev.cofferdam.review.laboratory.Archives;
import dev.cofferdam.review.register.Acceptances;
import dev.cofferdam.review.register.HandedOver;
import dev.cofferdam.review.register.Register;
import dev.cofferdam.review.render.Pages;
import dev.cofferdam.review.render.SignOffFile;
import dev.cofferdam.review.run.Plan;
import dev.cofferdam.review.run.Result;
import dev.cofferdam.review.seal.Check;
import dev.cofferdam.review.seal.ReviewerKey;
import dev.cofferdam.review.seal.Sealed;
import dev.cofferdam.review.seal.Verification;
import dev.cofferdam.review.signoff.Deployed;
import dev.cofferdam.review.signoff.Drafting;
import dev.cofferdam.review.signoff.SeenElsewhere;
import dev.cofferdam.review.signoff.Shown;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.Subject;
import dev.cofferdam.review.signoff.Subjects;
import dev.cofferdam.review.web.Coverage;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code review target}: what may be played where people work, with identities handed over. */
@Command(
    name = "target",
    mixinStandardHelpOptions = true,
    description = "Plays the safe attacks against a server that somebody else runs.")
final class TargetCommand implements Callable<Integer> {
  @Option(
      names = "--root",
      defaultValue = ".",
      description = "The folder of the sources, with what the build left in it.")
  private Path root = Path.of(".");

  @Option(
      names = "--target",
      paramLabel = "URL",
      required = true,
      description = "The server; https, or http on this machine.")
  private URI target = URI.create("");

  @Option(
      names = "--identities",
      paramLabel = "FILE",
      required = true,
      description = "Who acts; `review target-example` prints one. A file of one's own.")
  private Path identities = Path.of("");

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Who vouches for the server, in PEM; those that Java trusts by default.")
  private Path authorities = Path.of("");

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many requests are sent in a second at the most.")
  private double rate = 8;

  @Option(
      names = "--seen",
      paramLabel = "FILE",
      description = "A signed sign-off of a laboratory, whose mutants count as seen.")
  private Path seen = Path.of("");

  @Option(
      names = "--reviewer",
      paramLabel = "KEY",
      description = "Who is to have signed that; one's own key by default.")
  private String reviewer = "";

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Where the sign-off goes; review/target/deployment of the sources by default.")
  private Path report = Path.of("");

  @Option(
      names = "--only",
      paramLabel = "ATTACK",
      split = ",",
      description = "Only attacks whose name begins so, for example ISO-01.")
  private List<String> only = List.of();

  @Parameters(paramLabel = "ATTACK", arity = "0..*", description = "The same as --only.")
  private List<String> named = List.of();

  @Mixin private SigningOptions signing = new SigningOptions();

  @Override
  public Integer call() throws IOException {
    if (!(rate > 0 && rate <= 1000)) {
      throw new IOException("--rate is to be between 0 and 1000 requests a second.");
    }
    Clock clock = Clock.systemUTC();
    Instant began = clock.instant();
    List<String> asked = new ArrayList<>(only);
    asked.addAll(named);
    Plan whole = Plan.of(Register.shipped(), Attacks.all());
    Plan plan = asked.isEmpty() ? whole : whole.only(asked);
    if (plan.trials().stream()
        .noneMatch(trial -> trial.attack().isPlayedAt(Portable.Reach.ANYWHERE))) {
      throw new IOException(
          "No attack that can be played on a deployment begins with "
              + String.join(" or ", asked)
              + ".");
    }
    // Whatever could keep the sign-off from being written is looked at before anybody is asked.
    Path folder = report.toString().isEmpty() ? root.resolve("review/target/deployment") : report;
    Files.createDirectories(folder);
    Acceptances acceptances = signing.acceptances(root);
    Optional<ReviewerKey> signer = signing.signer();
    HandedOver people = HandedOver.in(identities);
    Subject built = Subjects.of(Archives.builtIn(root), Map.of());
    Optional<Sealed> laboratory = laboratory();

    try (PrintWriter requests =
            new PrintWriter(Files.newBufferedWriter(folder.resolve("requests.log")), true);
        Deployment deployment =
            Deployment.open(
                new Deployment.Reached(target, authorities, rate, requests::println), people)) {
      System.out.printf(
          "Every request carries `Cofferdam-Review: %s`, and is written into %s.%n",
          deployment.marker(), folder.resolve("requests.log"));
      Subject subject = deployment.told().map(there -> of(there, built)).orElse(built);
      SeenElsewhere elsewhere = elsewhere(laboratory, subject);
      DeploymentRun run = new DeploymentRun(deployment);
      run.play(whole, plan, TargetCommand::tell);
      List<String> left = deployment.undo();
      if (run.results().isEmpty()) {
        throw new IOException("Nothing could be played: nobody was handed over who could.");
      }
      Deployed told =
          new Deployed(
              deployment.marker(),
              deployment.requests(),
              deployment.tooMany(),
              left,
              deployment.told().isPresent() ? "server" : "reviewer",
              elsewhere.told(),
              run.notPlayed());
      SignOff signOff =
          Drafting.of(
              new Drafting.Played(
                  whole,
                  asked,
                  run.results(),
                  List.of(),
                  Coverage.none(),
                  began,
                  Duration.between(began, clock.instant()),
                  0,
                  RunCommand.machine(),
                  Optional.of(new Drafting.There(target.toString(), told, elsewhere.attacks())),
                  Optional.empty()),
              subject,
              acceptances,
              List.of());
      Sealed sealed =
          signer.map(one -> Sealed.by(one, signOff)).orElseGet(() -> Sealed.unsigned(signOff));
      Pages.write(sealed, folder);
      return told(sealed, folder);
    }
  }

  /** What a server says it runs. The register and what attacked it are not the server's. */
  private static Subject of(Deployment.Told there, Subject built) {
    return new Subject(
        there.code(), there.configuration(), there.policies(), built.register(), built.review());
  }

  private static SeenElsewhere elsewhere(Optional<Sealed> laboratory, Subject subject) {
    return laboratory
        .map(one -> SeenElsewhere.in(one.signOff(), one.digest(), one.claimedSigner(), subject))
        .orElseGet(
            () ->
                SeenElsewhere.none("none is seen: no sign-off of a laboratory was given (--seen)"));
  }

  /** The sign-off whose mutants may count, which the named reviewer has signed. */
  private Optional<Sealed> laboratory() throws IOException {
    if (seen.toString().isEmpty()) {
      return Optional.empty();
    }
    NoteKey key =
        Keys.reviewer(reviewer)
            .orElseThrow(() -> new IOException("Name whose sign-off --seen is, with --reviewer."));
    Sealed sealed = SignOffFile.open(seen).sealed();
    Verification.Trust trust =
        new Verification.Trust(
            Optional.of(key), Optional.empty(), Optional.empty(), "it is looked at elsewhere");
    Check signature = Verification.of(sealed, trust, LocalDate.now(ZoneOffset.UTC)).getFirst();
    if (signature.outcome() != Check.Outcome.GOOD) {
      throw new IOException(
          "`%s` does not count: %s, %s.".formatted(seen, signature.about(), signature.told()));
    }
    return Optional.of(sealed);
  }

  private static void tell(Result result) {
    System.out.printf(
        "%-8s %-28s %6d ms%n",
        result.good() ? "refused" : "FINDING",
        result.trial().attack().id(),
        result.took().toMillis());
    result.findings().forEach(finding -> System.out.println("         " + finding));
  }

  private static int told(Sealed sealed, Path folder) {
    SignOff signOff = sealed.signOff();
    Deployed there = signOff.deployed();
    System.out.printf(
        "%d attacks played with %d requests (%d met a limit and were made again), %d not played.%n",
        signOff.trials().size(), there.requests(), there.tooMany(), there.notPlayed().size());
    System.out.printf(
        "Threats: %d held in part, %d refused where nobody has seen the attack succeed, %d with findings.%n",
        signOff.shown(Shown.HELD_IN_PART),
        signOff.shown(Shown.REFUSED),
        signOff.shown(Shown.FINDING));
    System.out.println("Mutants: " + there.seen() + ".");
    there.left().forEach(one -> System.out.println("LEFT BEHIND  " + one));
    System.out.printf(
        "%s. Sign-off: %s%n",
        signOff.run().verdict().word(), folder.resolve("sign-off.html").normalize());
    return switch (signOff.run().verdict()) {
      case GOOD, ACCEPTED, INCOMPLETE -> there.left().isEmpty() ? Main.GOOD : Main.FINDING;
      case FINDINGS -> Main.FINDING;
    };
  }
}
