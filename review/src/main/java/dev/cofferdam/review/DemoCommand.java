package dev.cofferdam.review;

import dev.cofferdam.review.demo.Cast;
import dev.cofferdam.review.demo.Replay;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.laboratory.Archives;
import dev.cofferdam.review.laboratory.PlainServer;
import dev.cofferdam.review.register.Register;
import dev.cofferdam.review.render.Pages;
import dev.cofferdam.review.render.SignOffFile;
import dev.cofferdam.review.run.Plan;
import dev.cofferdam.review.run.Progress;
import dev.cofferdam.review.run.Result;
import dev.cofferdam.review.seal.Platform;
import dev.cofferdam.review.seal.ReviewerKey;
import dev.cofferdam.review.seal.Sealed;
import dev.cofferdam.review.signoff.Drafting;
import dev.cofferdam.review.signoff.Replayed;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.ThreatRow;
import dev.cofferdam.review.signoff.TrialRow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: a server with people in it, the review, and its sign-off. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Starts a server with people in it, plays the review, and leaves the server up.")
final class DemoCommand implements Callable<Integer> {
  private static final int WIDEST_CONTROL = 48;

  @Option(
      names = "--root",
      defaultValue = ".",
      description = "The folder of the sources, with what the build left in it.")
  private Path root = Path.of(".");

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      defaultValue = ".cofferdam-demo",
      description = "Where server, key and sign-off are kept.")
  private Path folder = Path.of(".cofferdam-demo");

  @Option(names = "--port", defaultValue = "8180", description = "The public port.")
  private int port = 8180;

  @Option(names = "--management-port", defaultValue = "8181", description = "The other port.")
  private int managementPort = 8181;

  @Option(
      names = "--only",
      paramLabel = "ATTACK",
      description = "Plays only attacks whose name begins so.")
  private List<String> only = List.of();

  @Option(names = "--once", description = "Ends the server when all is shown.")
  private boolean once;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Archives archives = Archives.builtIn(root);
    Plan whole = Plan.of(Register.shipped(), Attacks.all());
    Plan plan = only.isEmpty() ? whole : whole.only(only);
    Path report = Files.createDirectories(folder.resolve("sign-off"));
    Cast.Given given;
    Drafting.Live live;
    System.out.println("Starting a server for you to look at.");
    try (HostileIdp idp = HostileIdp.open()) {
      Map<String, String> settings = Replay.settings(idp);
      try (PlainServer server = PlainServer.up(archives, folder, port, managementPort, settings)) {
        given = peopled(server, archives);
        live = attacked(server, idp, settings, plan, report);
      }
    }
    Path key = folder.resolve("reviewer.key");
    if (!Files.exists(key)) {
      ReviewerKey.make(key, "demo");
    }
    int code = review(live, key, report);
    System.out.println("Starting the server again, with the settings that it ships with.");
    try (PlainServer server = PlainServer.up(archives, folder, port, managementPort)) {
      if (code != Main.COULD_NOT_RUN) {
        table(proven(server, new Cast(server), report));
        live.told().left().forEach(one -> System.out.println("LEFT BEHIND  " + one));
      }
      farewell(server, given, key, report);
      if (!once) {
        server.await();
      }
      return code == Main.GOOD && !live.told().left().isEmpty() ? Main.FINDING : code;
    }
  }

  private Cast.Given peopled(PlainServer server, Archives archives)
      throws IOException, InterruptedException {
    Cast cast = new Cast(server);
    System.out.println(
        cast.comeIn()
            ? "Two tenants are founded, and people invited: over HTTP, page by page."
            : "Its tenants and people are there from before.");
    Cast.Given given = cast.nodeReads(archives.program(), folder.resolve("node"));
    System.out.printf(
        "The node %s of Acme, a machine with `cofferdam-node`, was given the secret %s, and a receipt that holds.%n",
        given.node(), given.secret());
    return given;
  }

  /** Attacks this server, in tenants of the review's own, with whatever needs no laboratory. */
  private static Drafting.Live attacked(
      PlainServer server, HostileIdp idp, Map<String, String> settings, Plan plan, Path report)
      throws IOException {
    List<Plan.Trial> trials = Replay.trials(plan);
    if (trials.isEmpty()) {
      System.out.println(
          "None of these attacks can be played against it: the laboratory has them.");
    }
    try (Replay replay = Replay.on(server, idp, settings, report.resolve("requests.log"))) {
      System.out.printf(
          "Two more tenants are founded for the review, called %s…; %d attacks to go against this server.%n",
          replay.marker(), trials.size());
      Progress progress =
          new Progress(new Plan(plan.register(), trials), Map.of(), Clock.systemUTC());
      replay.play(plan, result -> tell(progress.after(result), result));
      return replay.ended();
    }
  }

  private static void tell(String progress, Result result) {
    System.out.printf(
        "%s %-8s %-44s %-40s %6d ms%n",
        progress,
        result.good() ? "refused" : "FINDING",
        result.trial().attack().id(),
        "on the live server",
        result.took().toMillis());
    result.findings().forEach(finding -> System.out.println("         " + finding));
  }

  /** Attacks a laboratory of the same archives, with and without each control. */
  private int review(Drafting.Live live, Path key, Path report) {
    List<String> words = new ArrayList<>(List.of("--root", root.toString()));
    words.addAll(List.of("--report", report.toString(), "--key", key.toString()));
    words.addAll(only);
    return new CommandLine(new RunCommand(Optional.of(live)))
        .setExecutionExceptionHandler(Main::failed)
        .execute(words.toArray(String[]::new));
  }

  /** This server goes on, so that its log can tell when the sign-off was there. */
  private static Sealed proven(PlainServer server, Cast cast, Path report)
      throws IOException, InterruptedException {
    Sealed sealed = SignOffFile.open(report.resolve(Pages.JSON)).sealed();
    Sealed.Proof proof =
        Platform.of(URI.create(server.site().origin()), cast.operator()).record(sealed.digest());
    Sealed proven = sealed.provenBy(proof);
    Pages.write(proven, report);
    return proven;
  }

  private static void table(Sealed sealed) {
    SignOff signOff = sealed.signOff();
    Map<String, Replayed.Row> played = new HashMap<>();
    signOff.replayed().attacks().forEach(row -> played.put(row.attack(), row));
    System.out.printf(
        "%n%-7s %-48s %-36s %-30s %-22s %8s  %s%n",
        "threat", "control", "attack", "layers", "verdict", "time", "where");
    for (TrialRow trial : signOff.trials()) {
      String control = signOff.threat(trial.threat()).map(ThreatRow::control).orElse("");
      System.out.printf(
          "%-7s %-48s %-36s %-30s %-22s %5d ms  %s%n",
          trial.threat(),
          control.length() > WIDEST_CONTROL
              ? control.substring(0, WIDEST_CONTROL - 1) + "…"
              : control,
          trial.attack(),
          String.join(", ", trial.layers()),
          trial.isGood() ? "refused; mutant seen" : "FINDING",
          trial.millis(),
          Optional.ofNullable(played.get(trial.attack())).map(DemoCommand::where).orElse(""));
    }
    System.out.printf(
        "%nOf %d attacks, %d were played against this server too, with %d requests; %d in laboratories alone.%n",
        signOff.replayed().attacks().size(),
        signOff.replayed().count(Replayed.Where.BOTH),
        signOff.replayed().requests(),
        signOff.replayed().count(Replayed.Where.LABORATORY));
  }

  private static String where(Replayed.Row row) {
    if (row.verdict().isEmpty()) {
      return row.where();
    }
    return row.where() + (row.isRefused() ? "" : ", FINDING");
  }

  private void farewell(PlainServer server, Cast.Given given, Path key, Path report)
      throws IOException {
    System.out.printf(
        """

        The server     %s
        Sign in as     Ada, who owns Acme; Grace, its admin; Alan, a member; Edith, its auditor; Niklaus, who owns Globex;
                       Mallory, who is in neither; Ken, who runs the platform (at %s/operator).
                       The development identity provider takes one click.
        Look at        %s/secrets/%s as Ada: three secrets, whose values nobody is shown
                       %s/nodes as Ada: %s, which came by a bootstrap token that is used up
                       %s/audit/records/%s as Edith: that it was given a secret, with the receipt
        The sign-off   %s, recorded in this server's log
        Verify it      ./cofferdam review verify --reviewer %s %s
        %s
        """,
        server.site().origin(),
        server.site().origin(),
        server.site().origin(),
        given.project(),
        server.site().origin(),
        given.node(),
        server.site().origin(),
        given.record(),
        report.resolve("sign-off.html").toAbsolutePath().normalize(),
        ReviewerKey.open(key).published(),
        report.resolve("sign-off.html"),
        once
            ? ""
            : "Ctrl-C ends the server; the next demo goes on with what is in " + folder + ".");
  }
}
