package dev.cofferdam.review.demo;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.deployment.MarkedRoad;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.laboratory.OwnTenants;
import dev.cofferdam.review.laboratory.PlainServer;
import dev.cofferdam.review.run.Plan;
import dev.cofferdam.review.run.Result;
import dev.cofferdam.review.run.Step;
import dev.cofferdam.review.signoff.Drafting;
import dev.cofferdam.review.signoff.Replayed;
import dev.cofferdam.review.web.NobodyThereException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Plays against a server that goes on whatever needs no laboratory, each attack once, in tenants of
 * the review's own; and says of every other attack why it was not. Not thread-safe.
 */
public final class Replay implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How often new tenants are founded, since what an attack uses up the next one may need. */
  private static final int MOST_PAIRS = 9;

  /** Attacks are by people who have signed in just now, which is five minutes. */
  private static final Duration FRESH = Duration.ofMinutes(3);

  private static final int MARK = 4;

  private final PlainServer server;
  private final HostileIdp idp;
  private final Map<String, String> settings;
  private final PrintWriter requests;
  private final MarkedRoad road;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<OwnTenants> pairs = new ArrayList<>();
  private final Map<String, Result> results = new LinkedHashMap<>();
  private final Map<String, String> reasons = new LinkedHashMap<>();

  /** When those that there are were founded, by {@link System#nanoTime}. */
  private long founded;

  private Replay(
      PlainServer server,
      HostileIdp idp,
      Map<String, String> settings,
      PrintWriter requests,
      MarkedRoad road) {
    this.server = server;
    this.idp = idp;
    this.settings = Map.copyOf(settings);
    this.requests = requests;
    this.road = road;
  }

  /**
   * Founds the tenants.
   *
   * @param idp what they bring as their own, which the server lets them reach
   * @param settings that the server was started with
   * @param log where each request is written
   */
  public static Replay on(
      PlainServer server, HostileIdp idp, Map<String, String> settings, Path log)
      throws IOException {
    PrintWriter requests = new PrintWriter(Files.newBufferedWriter(log), true);
    String marker = "review" + UUID.randomUUID().toString().substring(0, MARK);
    MarkedRoad road =
        MarkedRoad.here(URI.create(server.site().origin()), marker, requests::println);
    Replay replay = new Replay(server, idp, settings, requests, road);
    try {
      replay.founded();
    } catch (RuntimeException failed) {
      replay.close();
      throw failed;
    }
    return replay;
  }

  /**
   * What the server is to be started with meanwhile, as environment variables; see {@link
   * LiveSettings}.
   */
  public static Map<String, String> settings(HostileIdp idp) {
    return LiveSettings.with(idp);
  }

  /** What every request carries, and what the tenants' short names begin with. */
  public String marker() {
    return road.marker();
  }

  private OwnTenants founded() {
    OwnTenants tenants = OwnTenants.found(server, road, pairs.size() + 1, idp);
    pairs.add(tenants);
    founded = System.nanoTime();
    return tenants;
  }

  /** Those that there are; new ones when their people signed in too long ago. */
  private OwnTenants current() {
    boolean late = System.nanoTime() - founded > FRESH.toNanos();
    return late && pairs.size() < MOST_PAIRS ? founded() : pairs.getLast();
  }

  /**
   * @param anew in tenants that are founded for it
   */
  private Verdict played(Attack attack, boolean anew) {
    OwnTenants tenants;
    try {
      tenants = anew ? founded() : current();
    } catch (RuntimeException failed) {
      return new Verdict.Inconclusive("no tenants could be founded: " + failed.getMessage());
    }
    return played(attack, tenants);
  }

  /** The attacks of the plan that are played, those first that leave most as it was. */
  public static List<Plan.Trial> trials(Plan plan) {
    Map<String, Plan.Trial> first = new LinkedHashMap<>();
    plan.trials().stream()
        .filter(trial -> trial.attack().isPlayedAt(Portable.Reach.SPENT_TENANTS))
        .forEach(trial -> first.putIfAbsent(trial.attack().id(), trial));
    return first.values().stream()
        .sorted(
            Comparator.comparing(
                    (Plan.Trial trial) -> trial.attack().portable().orElseThrow().reach())
                .thenComparing(trial -> trial.attack().mode()))
        .toList();
  }

  /**
   * Plays what of the plan may be played here, one after the other.
   *
   * @param told each result as it is there
   */
  public void play(Plan plan, Consumer<Result> told) {
    plan.trials().forEach(trial -> reasons.put(trial.attack().id(), needs(trial.attack())));
    for (Plan.Trial trial : trials(plan)) {
      long began = System.nanoTime();
      Verdict verdict;
      try {
        verdict = played(trial.attack(), false);
        if (verdict instanceof Verdict.Inconclusive && pairs.size() < MOST_PAIRS) {
          // What one before it used up, or a moment in which the machine was busy.
          verdict = played(trial.attack(), true);
        }
      } catch (NobodyThereException missing) {
        reasons.put(trial.attack().id(), String.valueOf(missing.getMessage()));
        continue;
      }
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      Result result = new Result(trial, List.of(new Step(new Step.State.Live(), verdict, took)));
      results.put(trial.attack().id(), result);
      reasons.remove(trial.attack().id());
      told.accept(result);
    }
  }

  private static String needs(Attack attack) {
    if (!attack.isOverHttp()) {
      return "does not come over HTTP: its attacker is in the database, at the host or among whoever runs it";
    }
    return attack.mode() == Mode.DESTRUCTIVE
        ? "is staged or judged by what only a laboratory has, or may leave a server unusable"
        : "is staged or judged by what only a laboratory has: its clock, its pools, its ports, its identity provider";
  }

  private Verdict played(Attack attack, OwnTenants tenants) {
    Future<Verdict> verdict = threads.submit(() -> attack.play(tenants.scene()));
    try {
      return verdict.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException hung) {
      verdict.cancel(true);
      return new Verdict.Inconclusive("no verdict within " + PATIENCE.toSeconds() + " s");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof NobodyThereException missing) {
        throw missing;
      }
      return new Verdict.Inconclusive("it could not be played: " + failed.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Inconclusive("interrupted");
    }
  }

  /** Has the tenants deleted, and tells what came of it all. */
  public Drafting.Live ended() {
    List<String> left = new ArrayList<>();
    for (OwnTenants tenants : pairs) {
      try {
        left.addAll(tenants.leave());
      } catch (RuntimeException failed) {
        left.add("tenants of " + marker() + ": " + failed.getMessage());
      }
    }
    return new Drafting.Live(
        List.copyOf(results.values()),
        reasons,
        new Replayed(server.site().origin(), marker(), road.requests(), settings, left, List.of()));
  }

  @Override
  public void close() {
    pairs.forEach(OwnTenants::close);
    threads.shutdownNow();
    requests.close();
  }
}
