package dev.cofferdam.review.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far a run has come, and how long it will still take: by what the same trials took in an
 * earlier run, where that is known. Not thread-safe.
 */
public final class Progress {
  private static final long STEP_MILLIS = 1_000;

  private final List<Plan.Trial> trials;
  private final Map<String, Long> earlier = new HashMap<>(SlowTrials.shipped());
  private final Clock clock;
  private final Instant began;
  private final Set<Plan.Trial> done = new HashSet<>();

  /**
   * Begins now.
   *
   * @param earlier milliseconds by the name of the trial
   */
  public Progress(Plan plan, Map<String, Long> earlier, Clock clock) {
    this.trials = plan.trials();
    this.earlier.putAll(earlier);
    this.clock = clock;
    this.began = clock.instant();
  }

  /** Counts a result, and tells where that leaves the run: {@code [ 12/196, 3:05 left]}. */
  public String after(Result result) {
    done.add(result.trial());
    int width = Integer.toString(trials.size()).length();
    return ("[%" + width + "d/%d, %s]").formatted(done.size(), trials.size(), left());
  }

  private String left() {
    long expected = trials.stream().mapToLong(this::expected).sum();
    long passed = done.stream().mapToLong(this::expected).sum();
    long elapsed = Duration.between(began, clock.instant()).toSeconds();
    long seconds = elapsed * (expected - passed) / Math.max(1, passed);
    return done.size() == trials.size()
        ? "done"
        : "%d:%02d left".formatted(seconds / 60, seconds % 60);
  }

  /**
   * How many milliseconds a trial takes: as long as it did; or as long as it was seen to once, on
   * two processors, where it takes long; or as many seconds as it has steps.
   */
  public long expected(Plan.Trial trial) {
    Long known = earlier.get(trial.name());
    return Math.max(1, known == null ? STEP_MILLIS * trial.steps() : known);
  }
}
