package dev.cofferdam.review;

import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.register.Acceptances;
import dev.cofferdam.review.register.Register;
import dev.cofferdam.review.run.Plan;
import dev.cofferdam.review.run.Result;
import dev.cofferdam.review.run.Step;
import dev.cofferdam.review.signoff.Canonical;
import dev.cofferdam.review.signoff.Deployed;
import dev.cofferdam.review.signoff.Drafting;
import dev.cofferdam.review.signoff.Point;
import dev.cofferdam.review.signoff.Replayed;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.Subject;
import dev.cofferdam.review.web.Coverage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A run of the shipped plan as if every attack had ended as it should, but where said. */
public final class RecordedRun {
  public static final Instant AT = Instant.parse("2026-11-27T20:15:00Z");

  private static final Plan PLAN = Plan.of(Register.shipped(), Attacks.all());

  private final Map<String, Verdict> ends = new HashMap<>();
  private List<String> only = List.of();
  private List<String> unprobed = List.of();
  private Coverage coverage = Coverage.none();
  private List<Point> history = List.of();
  private Optional<Drafting.There> there = Optional.empty();
  private Optional<Drafting.Live> live = Optional.empty();
  private Acceptances acceptances = Acceptances.none();
  private Subject subject = subject("the code");

  public static Plan plan() {
    return PLAN;
  }

  /** In the step that is told so, the first attack on {@code threat} ends so. */
  public RecordedRun ending(String threat, String told, Verdict verdict) {
    ends.put(PLAN.trials().indexOf(first(threat)) + told, verdict);
    return this;
  }

  /** With all layers out, the first attack on {@code threat} is refused all the same. */
  public RecordedRun surviving(String threat) {
    return ending(threat, "with all layers out", new Verdict.Refused("denied all the same"));
  }

  /** As shipped, the first attack on {@code threat} succeeds. */
  public RecordedRun open(String threat) {
    return ending(threat, "as shipped", new Verdict.Succeeded("the canary"));
  }

  public static Plan.Trial first(String threat) {
    return PLAN.trials().stream()
        .filter(trial -> trial.threat().id().equals(threat))
        .findFirst()
        .orElseThrow();
  }

  /** What a finding of the first attack on {@code threat} is called. */
  public static String finding(String threat, String kind) {
    Plan.Trial trial = first(threat);
    return trial.attack().id() + "/" + String.join("+", trial.mutant().layers()) + "/" + kind;
  }

  public RecordedRun only(String... prefixes) {
    only = List.of(prefixes);
    return this;
  }

  public RecordedRun unprobed(String route) {
    unprobed = List.of(route);
    return this;
  }

  public RecordedRun reaching(Coverage reached) {
    coverage = reached;
    return this;
  }

  public RecordedRun after(List<Point> earlier) {
    history = List.copyOf(earlier);
    return this;
  }

  public RecordedRun accepting(Acceptances all) {
    acceptances = all;
    return this;
  }

  /** As if a deployment had been attacked, and the mutants of {@code seen} been seen elsewhere. */
  public RecordedRun deployed(Deployed told, String... seen) {
    there = Optional.of(new Drafting.There("https://cofferdam.example", told, Set.of(seen)));
    return this;
  }

  /**
   * As if whatever may be played against a live server had been, too, and had been refused; but for
   * {@code succeeding}.
   */
  public RecordedRun live(String succeeding) {
    List<Result> results = new ArrayList<>();
    Map<String, String> reasons = new HashMap<>();
    for (Plan.Trial trial : PLAN.trials()) {
      if (!trial.attack().isPlayedAt(Portable.Reach.SPENT_TENANTS)) {
        reasons.put(trial.attack().id(), "needs the laboratory");
      } else if (isFirst(trial)) {
        Verdict verdict =
            trial.attack().id().equals(succeeding)
                ? new Verdict.Succeeded("the canary")
                : new Verdict.Refused("denied");
        results.add(
            new Result(
                trial, List.of(new Step(new Step.State.Live(), verdict, Duration.ofMillis(5)))));
      }
    }
    Replayed told =
        new Replayed(
            "http://127.0.0.1:8180",
            "review1a2b",
            9,
            Map.of("A_SETTING", "wide"),
            List.of(),
            List.of());
    live = Optional.of(new Drafting.Live(results, reasons, told));
    return this;
  }

  public RecordedRun of(Subject other) {
    subject = other;
    return this;
  }

  public SignOff signOff() {
    Plan played = only.isEmpty() ? PLAN : PLAN.only(only);
    return Drafting.of(
        new Drafting.Played(
            PLAN,
            only,
            played.trials().stream()
                .filter(
                    trial -> there.isEmpty() || trial.attack().isPlayedAt(Portable.Reach.ANYWHERE))
                .filter(trial -> there.isEmpty() || isFirst(trial))
                .map(this::result)
                .toList(),
            unprobed,
            coverage,
            AT,
            Duration.ofSeconds(200),
            2,
            "a machine",
            there,
            live),
        subject,
        acceptances,
        history);
  }

  private static boolean isFirst(Plan.Trial trial) {
    return PLAN.trials().stream()
        .filter(one -> one.attack().equals(trial.attack()))
        .findFirst()
        .equals(Optional.of(trial));
  }

  private Result result(Plan.Trial trial) {
    if (there.isPresent()) {
      return new Result(trial, List.of(step(trial, new Step.State.Deployed())));
    }
    List<Step.State> states = new ArrayList<>(List.of(new Step.State.Unchanged()));
    if (trial.mutant().layers().size() > 1) {
      trial.mutant().layers().forEach(layer -> states.add(new Step.State.Alone(layer)));
    }
    states.addAll(List.of(new Step.State.AllOut(), new Step.State.Restored()));
    return new Result(trial, states.stream().map(state -> step(trial, state)).toList());
  }

  private Step step(Plan.Trial trial, Step.State state) {
    Verdict usual =
        state instanceof Step.State.AllOut
            ? new Verdict.Succeeded("the canary <script>alert(1)</script>")
            : new Verdict.Refused("denied");
    String told = new Step(state, usual, Duration.ZERO).told();
    Verdict verdict = ends.getOrDefault(PLAN.trials().indexOf(trial) + told, usual);
    return new Step(state, verdict, Duration.ofMillis(100 + trial.attack().id().length()));
  }

  /** What was attacked, told apart by its code. */
  public static Subject subject(String code) {
    String hash = HexFormat.of().formatHex(Canonical.digest(Map.of("code", code)));
    return new Subject(
        Subject.Part.of(Map.of("server.jar", hash)),
        Subject.Part.of(Map.of("A_SETTING", "2")),
        Subject.Part.of(Map.of("policies/tenant.cedar", hash)),
        Subject.Part.of(Map.of("iso.yaml", hash)),
        Subject.Part.of(Map.of("review.jar", hash)));
  }

  /** Everything that a page is made of, in one line each. */
  public static Stream<String> everyThreat() {
    return PLAN.register().threats().map(threat -> threat.id());
  }
}
