package dev.cofferdam.review.run;

import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.register.Posture;
import dev.cofferdam.review.register.Threat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is written down of a run.
 *
 * @param unprobed routes that no attack can ask for, each a finding
 * @param ran every trial that was run
 * @param postures every threat of the register, run or not
 */
public record Report(
    Instant at,
    Duration took,
    boolean good,
    List<String> unprobed,
    List<Trial> ran,
    Map<String, String> postures) {

  /** One trial in plain values. */
  public record Trial(
      String threat,
      String attack,
      String mode,
      List<String> layers,
      boolean good,
      List<String> findings,
      List<Played> steps,
      long millis) {}

  /** One step in plain values. */
  public record Played(String state, String verdict, String evidence, long millis) {}

  /** Collects a run. */
  public static Report of(
      Plan plan, List<String> unprobed, List<Result> results, Instant at, Duration took) {
    Map<String, String> postures = new TreeMap<>();
    plan.register().threats().forEach(threat -> postures.put(threat.id(), shown(threat, results)));
    boolean good =
        !results.isEmpty() && unprobed.isEmpty() && results.stream().allMatch(Result::good);
    return new Report(
        at, took, good, unprobed, results.stream().map(Report::trial).toList(), postures);
  }

  /** A threat is shown by its posture, unless something of it was run and found wanting. */
  private static String shown(Threat threat, List<Result> results) {
    List<Result> own = results.stream().filter(r -> r.trial().threat().equals(threat)).toList();
    if (own.stream().anyMatch(result -> !result.good())) {
      return "finding";
    }
    Posture.State state = threat.posture().state();
    String word = state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    boolean attacked = state == Posture.State.ACTIVE || state == Posture.State.PARTIAL;
    return attacked && own.size() < threat.mutants().size() ? word + ", not run" : word;
  }

  private static Trial trial(Result result) {
    return new Trial(
        result.trial().threat().id(),
        result.trial().attack().id(),
        result.trial().attack().mode().name().toLowerCase(Locale.ROOT),
        result.trial().mutant().layers(),
        result.good(),
        result.findings(),
        result.steps().stream().map(Report::played).toList(),
        result.took().toMillis());
  }

  private static Played played(Step step) {
    String verdict =
        switch (step.verdict()) {
          case Verdict.Refused _ -> "refused";
          case Verdict.Succeeded _ -> "succeeded";
          case Verdict.Inconclusive _ -> "inconclusive";
        };
    return new Played(step.told(), verdict, step.verdict().evidence(), step.took().toMillis());
  }

  /** For machines. */
  public String json() {
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this);
  }

  /** For people. */
  public String markdown() {
    StringBuilder page = new StringBuilder();
    page.append("# Review of ").append(at).append("\n\n");
    page.append(good ? "Good" : "**Findings**").append(": ");
    page.append(ran.size()).append(" mutants, ");
    page.append(ran.stream().mapToInt(trial -> trial.steps().size()).sum());
    page.append(" attacks played in ").append(took.toSeconds()).append(" s.\n\n");
    unprobed.forEach(route -> page.append("- **without probes: ").append(route).append("**\n"));
    page.append("| threat | attack | layers | verdict | time |\n|---|---|---|---|---|\n");
    for (Trial trial : ran) {
      page.append("| ").append(trial.threat()).append(" | ").append(trial.attack());
      page.append(" | ").append(String.join(", ", trial.layers()));
      page.append(" | ").append(trial.good() ? "refused; mutant seen" : "**finding**");
      page.append(" | ").append(trial.millis()).append(" ms |\n");
    }
    page.append("\n## Evidence\n");
    for (Trial trial : ran) {
      page.append("\n### ").append(trial.attack()).append("\n\n");
      trial.findings().forEach(finding -> page.append("- **").append(finding).append("**\n"));
      for (Played step : trial.steps()) {
        page.append("- ").append(step.state()).append(": ").append(step.verdict());
        page.append(", ").append(step.evidence().replace('\n', ' ')).append("\n");
      }
    }
    page.append("\n## Threats\n\n");
    postures.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getValue,
                TreeMap::new,
                Collectors.mapping(Map.Entry::getKey, Collectors.joining(", "))))
        .forEach(
            (posture, ids) ->
                page.append("- ").append(posture).append(": ").append(ids).append("\n"));
    return page.toString();
  }
}
