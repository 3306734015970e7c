package dev.cofferdam.review.run;

import dev.cofferdam.review.attack.Verdict;
import java.time.Duration;
import java.util.Optional;

/**
 * One playing of an attack.
 *
 * @param state what the system was like
 * @param took from setting it up to the verdict
 */
public record Step(State state, Verdict verdict, Duration took) {

  /** What the system was like when the attack was played. */
  public sealed interface State {
    /** As it ships. */
    record Unchanged() implements State {}

    /** As somebody else runs it. */
    record Deployed() implements State {}

    /** As it was started for people, and goes on. */
    record Live() implements State {}

    /** All layers of the mutant out but this one. */
    record Alone(String layer) implements State {}

    /** All layers of the mutant out. */
    record AllOut() implements State {}

    /** All layers back in. */
    record Restored() implements State {}
  }

  /** What is wrong with this step, if anything. */
  public Optional<String> finding() {
    if (verdict instanceof Verdict.Inconclusive) {
      return Optional.of(told() + " the attack is inconclusive: " + verdict.evidence());
    }
    boolean succeeded = verdict instanceof Verdict.Succeeded;
    return switch (state) {
      case State.AllOut _ when !succeeded ->
          Optional.of(
              "the mutant survives: with all layers out the attack still meets "
                  + verdict.evidence());
      case State.AllOut _ -> Optional.empty();
      case State.Unchanged _, State.Deployed _, State.Live _, State.Alone _, State.Restored _
          when succeeded ->
          Optional.of(told() + " the attack succeeds: " + verdict.evidence());
      case State.Unchanged _, State.Deployed _, State.Live _, State.Alone _, State.Restored _ ->
          Optional.empty();
    };
  }

  /** The state in words. */
  public String told() {
    return switch (state) {
      case State.Unchanged _ -> "as shipped";
      case State.Deployed _ -> "as deployed";
      case State.Live _ -> "on the live server";
      case State.Alone(var layer) -> "with only `" + layer + "` in";
      case State.AllOut _ -> "with all layers out";
      case State.Restored _ -> "with all layers back in";
    };
  }
}
