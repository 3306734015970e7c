package dev.cofferdam.review.run;

import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.register.Layer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Plays each attack against the system as it ships, against its mutant, and in between. */
public final class Runner {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Stage stage;

  public Runner(Stage stage) {
    this.stage = stage;
  }

  /**
   * Runs every trial of {@code plan}, whatever came of the one before it.
   *
   * @param told each result as it is there
   */
  public List<Result> run(Plan plan, Consumer<Result> told) {
    List<Result> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Plan.Trial trial : plan.trials()) {
        Result result = new Result(trial, steps(plan, trial, executor));
        results.add(result);
        told.accept(result);
      }
    }
    return results;
  }

  private List<Step> steps(Plan plan, Plan.Trial trial, ExecutorService executor) {
    List<Layer> layers = trial.mutant().layers().stream().map(plan.register()::layer).toList();
    List<Step> steps = new ArrayList<>();
    steps.add(step(new Step.State.Unchanged(), trial, List.of(), executor));
    if (layers.size() > 1) {
      for (Layer alone : layers) {
        List<Layer> others = layers.stream().filter(layer -> layer != alone).toList();
        steps.add(step(new Step.State.Alone(alone.id()), trial, others, executor));
      }
    }
    steps.add(step(new Step.State.AllOut(), trial, layers, executor));
    steps.add(step(new Step.State.Restored(), trial, List.of(), executor));
    return steps;
  }

  private Step step(Step.State state, Plan.Trial trial, List<Layer> out, ExecutorService executor) {
    long began = System.nanoTime();
    Verdict verdict = within(executor, () -> played(trial, out));
    return new Step(state, verdict, Duration.ofNanos(System.nanoTime() - began));
  }

  private Verdict played(Plan.Trial trial, List<Layer> out) {
    Target target = stage.with(out, trial.attack().mode());
    try {
      return trial.attack().play(target);
    } finally {
      stage.release(target);
    }
  }

  /** A verdict in any case: an attack that hangs has not been refused. */
  private static Verdict within(ExecutorService executor, Callable<Verdict> playing) {
    Future<Verdict> verdict = executor.submit(playing);
    try {
      return verdict.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException hung) {
      verdict.cancel(true);
      return new Verdict.Inconclusive("no verdict within " + PATIENCE.toSeconds() + " s");
    } catch (ExecutionException failed) {
      return new Verdict.Inconclusive("the laboratory failed: " + failed.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Inconclusive("interrupted");
    }
  }
}
