package dev.cofferdam.review.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.attack.Surroundings;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.register.Layer;
import dev.cofferdam.review.register.RouteProbes;
import dev.cofferdam.review.verifier.Verifier;
import dev.cofferdam.review.web.Probes;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Routes;
import dev.cofferdam.review.web.Touched;
import dev.cofferdam.review.web.Town;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.ControlChannel;
import dev.cofferdam.review.wire.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system of two layers, of which either is enough. */
final class RunnerTest {
  private static final Attack.Probe ALIVE = _ -> "its own is readable";

  /** A route that no attack here asks for. */
  private static final Route UNASKED =
      new Route(
          "GET",
          "/v1/groups",
          "tenant",
          Set.of(),
          "group.list",
          List.of(),
          List.of(),
          false,
          false,
          false,
          false,
          false,
          false,
          Set.of());

  @TempDir private Path folder;
  private final Set<String> out = new HashSet<>();
  private final List<Target> released = new ArrayList<>();
  private final List<Boolean> unasked = new ArrayList<>();
  private Target target;

  @BeforeEach
  void makeTarget() throws IOException {
    Path channel = Files.writeString(folder.resolve("channel"), "1\ntoken\n");
    Occupant nobody = new Occupant(new UUID(0, 1), "nobody", "none", "notes");
    target =
        new Target(
            ControlChannel.of(channel),
            "nowhere",
            "none",
            Map.of(),
            "",
            nobody,
            nobody,
            nobody,
            new Web(
                new Site("nowhere", 1),
                new Town(
                    new Routes(List.of()), new Probes(RouteProbes.shipped()), List.of(), Map.of()),
                () -> {},
                () -> "",
                new Web.Observed(nobody.id(), new Touched())),
            new Surroundings(
                new Site("nowhere", 2),
                folder,
                folder,
                new Verifier(folder.resolve("none.jar")),
                folder,
                address -> "none",
                folder,
                () -> "none",
                () -> {
                  throw new IllegalStateException("there is no second server");
                },
                () -> {}));
  }

  @Test
  void aLayeredControlIsGood() {
    Result result = run(_ -> got(out.size() == 2), ALIVE);

    assertThat(result.findings()).isEmpty();
    assertThat(result.steps())
        .extracting(Step::told)
        .containsExactly(
            "as shipped",
            "with only `policy` in",
            "with only `grant` in",
            "with all layers out",
            "with all layers back in");
    assertThat(released).hasSize(5);
  }

  @Test
  void aMutantThatSurvivesIsAFinding() {
    assertThat(run(_ -> got(false), ALIVE).findings())
        .singleElement()
        .asString()
        .contains("the mutant survives");
  }

  @Test
  void aMutantThatEscapesOnceIsPlayedOnceMore() {
    boolean[] escaped = new boolean[1];

    assertThat(
            run(
                    _ -> {
                      boolean seen = out.size() == 2 && escaped[0];
                      escaped[0] |= out.size() == 2;
                      return got(seen);
                    },
                    ALIVE)
                .findings())
        .isEmpty();
    assertThat(released).hasSize(6);
  }

  @Test
  void aPlayOfWhichNothingCanBeSaidIsPlayedOnceMore() {
    boolean[] failed = new boolean[1];

    assertThat(
            run(
                    _ -> {
                      if (!failed[0]) {
                        failed[0] = true;
                        throw new IOException("no connection");
                      }
                      return got(out.size() == 2);
                    },
                    ALIVE)
                .findings())
        .isEmpty();
  }

  @Test
  void anAttackThatSucceedsOnceOnTheRealSystemIsBelievedAtOnce() {
    boolean[] first = {true};

    assertThat(
            run(
                    _ -> {
                      boolean succeeds = first[0] || out.size() == 2;
                      first[0] = false;
                      return got(succeeds);
                    },
                    ALIVE)
                .findings())
        .singleElement()
        .asString()
        .contains("as shipped the attack succeeds");
    assertThat(released).hasSize(5);
  }

  @Test
  void anAttackOnTheRealSystemThatSucceedsIsAFinding() {
    assertThat(run(_ -> got(true), ALIVE).findings())
        .hasSize(4)
        .first()
        .asString()
        .contains("as shipped the attack succeeds: canary");
  }

  @Test
  void aLayerThatDoesNotStandAloneIsAFinding() {
    assertThat(run(_ -> got(out.contains("policy")), ALIVE).findings())
        .containsExactly("with only `grant` in the attack succeeds: canary");
  }

  @Test
  void aLayerThatDoesNotComeBackIsAFinding() {
    boolean[] gone = new boolean[1];

    assertThat(
            run(
                    _ -> {
                      gone[0] |= out.size() == 2;
                      return got(gone[0]);
                    },
                    ALIVE)
                .findings())
        .containsExactly("with all layers back in the attack succeeds: canary");
  }

  @Test
  void withTheLayersBackInOnlyWhatWasAskedWithoutThemIsAskedAgain() {
    run(_ -> got(out.size() == 2), ALIVE);

    assertThat(unasked).containsExactly(true, true, true, true, false);
  }

  @Test
  void ofAMutantThatSurvivesEverythingIsAskedAgain() {
    run(_ -> got(false), ALIVE);

    assertThat(unasked).hasSize(6).containsOnly(true);
  }

  @Test
  void aRefusalWhereNothingWorksIsNone() {
    assertThat(
            run(
                    _ -> got(out.size() == 2),
                    _ -> {
                      throw new IllegalStateException("the database is gone");
                    })
                .findings())
        .isNotEmpty()
        .first()
        .asString()
        .contains("inconclusive", "nothing else works either", "the database is gone");
  }

  @Test
  void anAttackThatThrowsIsNoRefusal() {
    assertThat(
            run(
                    _ -> {
                      throw new IOException("no connection");
                    },
                    ALIVE)
                .findings())
        .hasSize(5)
        .allMatch(finding -> finding.contains("inconclusive"));
  }

  @Test
  void aLaboratoryThatFailsIsNoRefusal() {
    Plan plan =
        Plan.of(
            Planned.register("ISO-01.reads", "policy"), List.of(Planned.attack("ISO-01.reads")));
    Stage broken =
        new Stage() {
          @Override
          public Target with(List<Layer> layers, Mode mode, Predicate<Route> swept) {
            throw new IllegalStateException("no clone");
          }

          @Override
          public void release(Target used) {}
        };

    assertThat(new Runner(List.of(broken)).run(plan, _ -> {}).getFirst().findings())
        .allMatch(finding -> finding.contains("the laboratory failed"));
  }

  @Test
  void trialsArePlayedOnAllStagesAtOnceAndToldInTheOrderOfThePlan() {
    CountDownLatch bothArePlayed = new CountDownLatch(2);
    Attack.Assault waits =
        _ -> {
          bothArePlayed.countDown();
          return got(!bothArePlayed.await(20, TimeUnit.SECONDS));
        };
    Plan one =
        Plan.of(
            Planned.register("ISO-01.reads", "policy"),
            List.of(Planned.attack("ISO-01.reads", waits, ALIVE)));
    Plan twice =
        new Plan(one.register(), List.of(one.trials().getFirst(), one.trials().getFirst()));
    Stage[] stages = new Stage[2];
    Map<Stage, Thread> players = new ConcurrentHashMap<>();
    for (int n = 0; n < stages.length; n++) {
      stages[n] =
          new Stage() {
            @Override
            public Target with(List<Layer> layers, Mode mode, Predicate<Route> swept) {
              players.putIfAbsent(this, Thread.currentThread());
              return target;
            }

            @Override
            public void release(Target used) {}
          };
    }

    List<Result> told = new ArrayList<>();
    List<Result> results = new Runner(List.of(stages)).run(twice, told::add);

    assertThat(players).containsOnlyKeys(stages);
    assertThat(told).containsExactlyInAnyOrderElementsOf(results).hasSize(2);
    assertThat(results).allSatisfy(r -> assertThat(r.steps().getFirst().finding()).isEmpty());
  }

  @Test
  void whatTakesLongestIsPlayedFirstAndToldWhereThePlanHasIt() {
    Plan quick =
        Plan.of(Planned.register("ISO-01.a", "policy"), List.of(Planned.attack("ISO-01.a")));
    Plan slow =
        Plan.of(Planned.register("ISO-01.b", "policy"), List.of(Planned.attack("ISO-01.b")));
    Plan plan =
        new Plan(quick.register(), List.of(quick.trials().getFirst(), slow.trials().getFirst()));
    List<String> played = new ArrayList<>();

    List<Result> results =
        new Runner(List.of(stage()), trial -> trial.attack().id().equals("ISO-01.b") ? 9 : 1)
            .run(plan, result -> played.add(result.trial().attack().id()));

    assertThat(played).containsExactly("ISO-01.b", "ISO-01.a");
    assertThat(results)
        .extracting(result -> result.trial().attack().id())
        .containsExactly("ISO-01.a", "ISO-01.b");
  }

  private Result run(Attack.Assault assault, Attack.Probe alive) {
    Plan plan =
        Plan.of(
            Planned.register("ISO-01.reads", "policy", "grant"),
            List.of(Planned.attack("ISO-01.reads", assault, alive)));
    return new Runner(List.of(stage())).run(plan, _ -> {}).getFirst();
  }

  private Stage stage() {
    return new Stage() {
      @Override
      public Target with(List<Layer> layers, Mode mode, Predicate<Route> swept) {
        out.clear();
        layers.forEach(layer -> out.add(layer.id()));
        unasked.add(swept.test(UNASKED));
        return target;
      }

      @Override
      public void release(Target used) {
        released.add(used);
      }
    };
  }

  private static Verdict got(boolean canary) {
    return canary ? new Verdict.Succeeded("canary") : new Verdict.Refused("denied");
  }
}
