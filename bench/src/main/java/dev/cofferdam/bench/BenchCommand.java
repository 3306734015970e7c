package dev.cofferdam.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./cofferdam bench}. */
@Command(
    name = "cofferdam bench",
    subcommands = {ProofsCommand.class, MemoryCommand.class},
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Measures Cofferdam beside the plain way of doing the same thing, on an embedded PostgreSQL of its own in a"
          + " temporary directory, and compares the ratios with the bars of docs/benchmarks.md. What takes long to"
          + " prepare is a command of its own below.%n",
      "Takes about a quarter of an hour and both cores of a small machine; close what else runs.%n"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every floor is reached",
      "1:a floor is missed, or the run failed",
      "2:usage"
    },
    footerHeading = "%nExample:%n",
    footer = "  ./cofferdam bench --turn 5 --rounds 7 --write docs/benchmarks.md")
public final class BenchCommand implements Callable<Integer> {
  private static final int CONNECTIONS = 8;

  /** A request runs through so much code that the compiler is busy with it for this long. */
  private static final Duration REQUESTS_WARM_UP = Duration.ofSeconds(25);

  /** Where signatures are verified and records made, there is twice as much of it. */
  private static final Duration SIGNED_REQUESTS_WARM_UP = Duration.ofSeconds(60);

  /** At a steady rate, far from the highest, it has work for longer. */
  private static final Duration NOISE_WARM_UP = Duration.ofSeconds(60);

  /** At 200 requests a second: of fewer than 2,000 the slowest hundredth is a matter of luck. */
  private static final Duration NOISY_TURN = Duration.ofSeconds(10);

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--turn",
      paramLabel = "SECONDS",
      defaultValue = "3",
      description = "Of each way in each round (default: 3).")
  private int turn;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Odd (default: 5).")
  private int rounds;

  @Option(
      names = "--only",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Only contests whose title contains this, or one of these between commas.")
  private String only = "";

  @Option(
      names = "--keycloak",
      paramLabel = "FOLDER",
      description =
          "A distribution of Keycloak, unpacked: also has it issue access tokens, in the same rounds.")
  private @Nullable Path keycloak;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description = "Also replace the measured part of this page.")
  private @Nullable Path page;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (rounds < 1 || rounds % 2 == 0) {
      throw unusable("--rounds", rounds, "an odd number, so that the median is a round");
    }
    if (turn < 1) {
      throw unusable("--turn", turn, "one second or more");
    }
    Pace pace =
        new Pace(
            CONNECTIONS,
            Duration.ofSeconds(Math.max(8, 2 * turn)),
            Duration.ofSeconds(turn),
            rounds);
    Path directory = Files.createTempDirectory("cofferdam-bench");
    List<Measurement> measurements = new ArrayList<>();
    Console console = console();
    Stopwatch stopwatch = new Stopwatch(pace, console::say);
    try (Ground ground = Ground.make(directory, CONNECTIONS, console::say)) {
      Isolation isolation = new Isolation(ground);
      isolation.checkPlans();
      measure(stopwatch, isolation.contests(), measurements);
      if (wanted(Verification.TITLE)) {
        measure(stopwatch, List.of(Verification.contest(directory.resolve("log"))), measurements);
      }
      if (wanted(Records.ONE_LOG) || wanted(Records.MANY_LOGS)) {
        console.say("a thousand tenants");
        ground.install("records");
        try (House house = ground.house("records", directory, Map.of())) {
          measure(stopwatch, Records.contests(house, ground.usualSuperuser()), measurements);
        }
      }
      if (wanted(Requests.READ) || wanted(Requests.NOISE)) {
        requests(ground, directory, pace, measurements);
      }
      if (wanted(ShownTokens.TITLE)) {
        ground.install("tokens");
        try (House house = ground.house("tokens", directory, ShownTokens.LIMITS)) {
          measure(stopwatch, List.of(ShownTokens.contest(house)), measurements);
        }
      }
      if (wanted(AccessTokens.ISSUED) || wanted(AccessTokens.SHOWN)) {
        accessTokens(ground, directory, pace, measurements);
      }
      if (wanted(SecretReads.PEAK)
          || wanted(SecretReads.AT_A_RATE)
          || wanted(SecretReads.PROOF)
          || wanted(NodeProgram.TITLE)) {
        secretReads(ground, directory, pace, measurements);
      }
      if (wanted(TurnedKeys.TITLE)) {
        turnedKeys(ground, directory, pace, measurements);
      }
      if (wanted(SignUps.TITLE)) {
        signUps(ground, directory, stopwatch, measurements);
      }
      if (wanted(Permission.READ) || wanted(Permission.DECISION)) {
        console.say("a million grants");
        measure(stopwatch, Permission.contests(ground), measurements);
      }
    } finally {
      FileSystemUtils.deleteRecursively(directory);
    }
    String report = report(measurements);
    console.print("%s", report);
    if (page != null) {
      new Page(page).replaceMeasured(report);
    }
    return Report.floorsReached(measurements) ? 0 : 1;
  }

  private void requests(Ground ground, Path directory, Pace pace, List<Measurement> measurements)
      throws Exception {
    Pace warm = pace.warmedUpFor(REQUESTS_WARM_UP);
    ground.install("requests");
    try (House house = ground.house("requests", directory, Requests.LIMITS);
        Requests requests = new Requests(house)) {
      measure(new Stopwatch(warm, console()::say), List.of(requests.read()), measurements);
      if (wanted(Requests.NOISE)) {
        Pace longer = pace.warmedUpFor(NOISE_WARM_UP).inTurnsOf(NOISY_TURN);
        Stopwatch stopwatch = new Stopwatch(longer, console()::say);
        measure(stopwatch, List.of(requests.noise()), measurements);
        console()
            .say(
                "the noisy tenant sent %,.0f requests a second"
                    .formatted(requests.noisePerSecond()));
      }
    }
  }

  private void accessTokens(
      Ground ground, Path directory, Pace pace, List<Measurement> measurements) throws Exception {
    Stopwatch warm = new Stopwatch(pace.warmedUpFor(SIGNED_REQUESTS_WARM_UP), console()::say);
    ground.install("access_tokens");
    try (House house = ground.house("access_tokens", directory, AccessTokens.LIMITS);
        AccessTokens tokens = new AccessTokens(house)) {
      if (keycloak == null) {
        console()
            .say("NOT compared with Keycloak: --keycloak names where its distribution is unpacked");
        measure(warm, List.of(tokens.issued()), measurements);
      } else if (wanted(AccessTokens.ISSUED)) {
        console().say("Keycloak, which builds itself first");
        try (Keycloak other = Keycloak.start(keycloak, directory, AccessTokens.CLIENTS);
            Lines there = new Lines(other.site())) {
          measure(warm, List.of(tokens.issuedBeside(other, there)), measurements);
        }
      }
      measure(new Stopwatch(pace, console()::say), List.of(tokens.shown()), measurements);
    }
  }

  private void secretReads(Ground ground, Path directory, Pace pace, List<Measurement> measurements)
      throws Exception {
    ground.install("secrets");
    try (House house = ground.house("secrets", directory, Workload.LIMITS);
        SecretReads reads = new SecretReads(house, directory)) {
      measure(
          new Stopwatch(pace.warmedUpFor(SIGNED_REQUESTS_WARM_UP), console()::say),
          List.of(reads.peak(), reads.atARate()),
          measurements);
      measure(
          new Stopwatch(pace, console()::say),
          List.of(reads.proofs(), reads.byProgram()),
          measurements);
    }
  }

  private void turnedKeys(Ground ground, Path directory, Pace pace, List<Measurement> measurements)
      throws Exception {
    ground.install("turned_keys");
    try (House house = ground.house("turned_keys", directory, Workload.LIMITS);
        TurnedKeys keys = new TurnedKeys(house)) {
      Stopwatch stopwatch =
          new Stopwatch(pace.warmedUpFor(REQUESTS_WARM_UP).inTurnsOf(NOISY_TURN), console()::say);
      measure(stopwatch, List.of(keys.contest()), measurements);
      console().say("%,d rotations have ended".formatted(keys.rotations()));
    }
  }

  private void signUps(
      Ground ground, Path directory, Stopwatch stopwatch, List<Measurement> measurements)
      throws Exception {
    ground.install("sign_ups");
    try (House shared = ground.house("sign_ups", directory, SignUps.settings("shared"));
        House schema = ground.house("sign_ups", directory, SignUps.settings("schema"))) {
      SignUps.fill(shared, console()::say);
      try (SignUps signUps = new SignUps(shared, schema)) {
        measure(stopwatch, List.of(signUps.contest()), measurements);
      }
    }
  }

  private void measure(Stopwatch stopwatch, List<Contest> contests, List<Measurement> measurements)
      throws Exception {
    for (Contest contest : contests) {
      if (wanted(contest.title())) {
        measurements.add(stopwatch.measure(contest));
      }
    }
  }

  private boolean wanted(String title) {
    return Arrays.stream(only.split(",", -1)).anyMatch(title::contains);
  }

  private String report(List<Measurement> measurements) {
    return """
    Measured on %s: %s %s, %d processors, JDK %s, %d threads on as many connections unless said otherwise; %d rounds of %d s a way.

    %s
    %s"""
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version(),
            CONNECTIONS,
            rounds,
            turn,
            Report.ratios(measurements),
            Report.raw(measurements));
  }

  private CommandLine.ParameterException unusable(String option, int given, String wanted) {
    return new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "`" + option + "` is " + given + ": give " + wanted + ".");
  }

  private Console console() {
    return Console.of(Objects.requireNonNull(spec));
  }
}
