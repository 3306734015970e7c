package dev.cofferdam.review.run;

import static java.util.Comparator.comparingLong;

import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.register.Layer;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Touched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Plays each attack against the system as it ships, against its mutant, and in between. */
public final class Runner {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final List<Stage> stages;
  private final ToLongFunction<Plan.Trial> expected;

  /**
   * Plays in the order of the plan.
   *
   * @param stages that have nothing in common: a trial is played on one of them, and others at the
   *     same time on the others
   */
  public Runner(List<? extends Stage> stages) {
    this(stages, _ -> 0);
  }

  /**
   * Plays what takes longest first, so that at the end no stage waits for another's long one.
   *
   * @param expected how long a trial takes, as far as that is known
   */
  public Runner(List<? extends Stage> stages, ToLongFunction<Plan.Trial> expected) {
    this.stages = List.copyOf(stages);
    this.expected = expected;
  }

  /**
   * Runs every trial of {@code plan}, whatever came of the one before it.
   *
   * @param told each result as it is there, one at a time
   * @return in the order of the plan
   */
  public List<Result> run(Plan plan, Consumer<Result> told) {
    List<Integer> order =
        IntStream.range(0, plan.trials().size())
            .boxed()
            .sorted(comparingLong(n -> -expected.applyAsLong(plan.trials().get(n))))
            .toList();
    AtomicInteger next = new AtomicInteger();
    Map<Integer, Result> results = new ConcurrentSkipListMap<>();
    Lock telling = new ReentrantLock();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> playing = new ArrayList<>();
      for (Stage stage : stages) {
        playing.add(
            executor.submit(
                () -> {
                  for (int at = next.getAndIncrement();
                      at < order.size();
                      at = next.getAndIncrement()) {
                    int n = order.get(at);
                    Plan.Trial trial = plan.trials().get(n);
                    Result result = new Result(trial, steps(plan, trial, stage, executor));
                    results.put(n, result);
                    telling.lock();
                    try {
                      told.accept(result);
                    } finally {
                      telling.unlock();
                    }
                  }
                }));
      }
      playing.forEach(Runner::await);
    }
    return List.copyOf(results.values());
  }

  private static void await(Future<?> playing) {
    try {
      playing.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a stage failed", failed.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<Step> steps(
      Plan plan, Plan.Trial trial, Stage stage, ExecutorService executor) {
    List<Layer> layers = trial.mutant().layers().stream().map(plan.register()::layer).toList();
    Playing playing = new Playing(trial, stage, executor);
    List<Step> steps = new ArrayList<>();
    steps.add(playing.step(new Step.State.Unchanged(), List.of(), _ -> true));
    if (layers.size() > 1) {
      for (Layer alone : layers) {
        List<Layer> others = layers.stream().filter(layer -> layer != alone).toList();
        steps.add(playing.step(new Step.State.Alone(alone.id()), others, _ -> true));
      }
    }
    Step without = playing.step(new Step.State.AllOut(), layers, _ -> true);
    steps.add(without);
    // What got in ended the attack: it is asked again, and not what had not been asked then.
    Touched asked = playing.asked;
    Predicate<Route> again =
        without.verdict() instanceof Verdict.Succeeded ? asked::has : _ -> true;
    steps.add(playing.step(new Step.State.Restored(), List.of(), again));
    return steps;
  }

  /** One trial on one stage. */
  private static final class Playing {
    private final Plan.Trial trial;
    private final Stage stage;
    private final ExecutorService executor;

    /** What the last play asked for. */
    private volatile Touched asked = new Touched();

    Playing(Plan.Trial trial, Stage stage, ExecutorService executor) {
      this.trial = trial;
      this.stage = stage;
      this.executor = executor;
    }

    Step step(Step.State state, List<Layer> out, Predicate<Route> swept) {
      long began = System.nanoTime();
      Verdict verdict = within(executor, () -> played(out, swept));
      if (saysNothing(state, verdict)) {
        verdict = within(executor, () -> played(out, swept));
      }
      return new Step(state, verdict, Duration.ofNanos(System.nanoTime() - began));
    }

    private Verdict played(List<Layer> out, Predicate<Route> swept) {
      Target target = stage.with(out, trial.attack().mode(), swept);
      asked = target.web().touched();
      try {
        return trial.attack().play(target);
      } finally {
        stage.release(target);
      }
    }
  }

  /**
   * Whether it is played once more: a machine that was busy elsewhere for a moment lets nothing be
   * said, or lets a mutant escape. What succeeds where it must not is believed at once.
   */
  private static boolean saysNothing(Step.State state, Verdict verdict) {
    return verdict instanceof Verdict.Inconclusive
        || state instanceof Step.State.AllOut && verdict instanceof Verdict.Refused;
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
