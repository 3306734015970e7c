package dev.cofferdam.review.deployment;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.run.Plan;
import dev.cofferdam.review.run.Result;
import dev.cofferdam.review.run.Step;
import dev.cofferdam.review.signoff.Deployed.NotPlayed;
import dev.cofferdam.review.web.NobodyThereException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Plays what may be played where people work, and says of everything else why it was not. */
public final class DeploymentRun {
  private final Deployment deployment;
  private final List<Result> results = new ArrayList<>();
  private final List<NotPlayed> notPlayed = new ArrayList<>();

  public DeploymentRun(Deployment deployment) {
    this.deployment = deployment;
  }

  /**
   * Plays each attack of the plan once, one after the other.
   *
   * @param asked those that are to be played if they can be; the others are told as not asked for
   * @param told each result as it is there
   */
  public void play(Plan plan, Plan asked, Consumer<Result> told) {
    Map<String, Plan.Trial> first = new LinkedHashMap<>();
    plan.trials().forEach(trial -> first.putIfAbsent(trial.attack().id(), trial));
    List<String> wanted = asked.trials().stream().map(trial -> trial.attack().id()).toList();
    for (Plan.Trial trial : first.values()) {
      Attack attack = trial.attack();
      if (!attack.isPlayedAt(Portable.Reach.ANYWHERE)) {
        notPlayed.add(new NotPlayed(attack.id(), needs(attack)));
      } else if (!wanted.contains(attack.id())) {
        notPlayed.add(new NotPlayed(attack.id(), "it was not asked for"));
      } else {
        play(trial, told);
      }
    }
  }

  private static String needs(Attack attack) {
    if (!attack.isOverHttp()) {
      return "needs the laboratory: it does not come over HTTP";
    }
    if (attack.portable().isPresent()) {
      return "needs the laboratory, or tenants of the review's own: it changes something, or is judged by what only whoever runs the server can see";
    }
    return attack.mode() == Mode.DESTRUCTIVE
        ? "needs the laboratory: it may leave a server unusable"
        : "needs the laboratory: it changes something, or is judged by what only a laboratory shows";
  }

  private void play(Plan.Trial trial, Consumer<Result> told) {
    long began = System.nanoTime();
    Verdict verdict;
    try {
      verdict = trial.attack().play(deployment.scene());
    } catch (NobodyThereException missing) {
      notPlayed.add(new NotPlayed(trial.attack().id(), String.valueOf(missing.getMessage())));
      return;
    }
    Result result =
        new Result(
            trial,
            List.of(
                new Step(
                    new Step.State.Deployed(),
                    verdict,
                    Duration.ofNanos(System.nanoTime() - began))));
    results.add(result);
    told.accept(result);
  }

  /** What was played, in the order of the plan. */
  public List<Result> results() {
    return List.copyOf(results);
  }

  /** What was not. */
  public List<NotPlayed> notPlayed() {
    return List.copyOf(notPlayed);
  }
}
