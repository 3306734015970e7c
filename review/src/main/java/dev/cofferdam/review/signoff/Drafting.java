package dev.cofferdam.review.signoff;

import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.register.Acceptance;
import dev.cofferdam.review.register.Acceptances;
import dev.cofferdam.review.register.Family;
import dev.cofferdam.review.register.Half;
import dev.cofferdam.review.register.Posture;
import dev.cofferdam.review.register.Threat;
import dev.cofferdam.review.run.Plan;
import dev.cofferdam.review.run.Result;
import dev.cofferdam.review.run.Step;
import dev.cofferdam.review.web.Coverage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Writes down what came of a run. */
public final class Drafting {
  /** What a run is of that started its own server. */
  public static final String LABORATORY = "laboratory";

  /** In the place of layers, in what a finding of a deployment is called. */
  private static final String DEPLOYED = "deployed";

  /** The same of a server that was attacked beside laboratories. */
  private static final String LIVE = "live";

  private final Played played;
  private final Acceptances acceptances;
  private final LocalDate day;
  private final List<Finding> findings = new ArrayList<>();

  private Drafting(Played played, Acceptances acceptances) {
    this.played = played;
    this.acceptances = acceptances;
    day = LocalDate.ofInstant(played.at(), ZoneOffset.UTC);
  }

  /**
   * A run.
   *
   * @param plan the whole one, played or not
   * @param only what of it was asked for; empty when all was
   * @param results in the order of the plan
   * @param unprobed routes that no attack can ask for
   * @param coverage what was reached; none in a run of a part
   * @param there the deployment that was attacked; empty when it was a laboratory
   * @param live the server that was attacked beside the laboratories; empty when none was
   */
  public record Played(
      Plan plan,
      List<String> only,
      List<Result> results,
      List<String> unprobed,
      Coverage coverage,
      Instant at,
      Duration took,
      int laboratories,
      String machine,
      Optional<There> there,
      Optional<Live> live) {
    public Played {
      only = List.copyOf(only);
      results = List.copyOf(results);
      unprobed = List.copyOf(unprobed);
    }
  }

  /**
   * A deployment.
   *
   * @param target its address
   * @param told what is said of the run beside what was played
   * @param seen the attacks of which every mutant was seen, in a laboratory that ran the same
   */
  public record There(String target, Deployed told, Set<String> seen) {
    public There {
      seen = Set.copyOf(seen);
    }
  }

  /**
   * A server that goes on, which was attacked beside the laboratories.
   *
   * @param results of what was played there
   * @param reasons why each other attack was not, by its name
   * @param told what is said of it beside, with no attack in it yet
   */
  public record Live(List<Result> results, Map<String, String> reasons, Replayed told) {
    public Live {
      results = List.copyOf(results);
      reasons = Map.copyOf(reasons);
    }
  }

  /** The document of a run. */
  public static SignOff of(
      Played played, Subject subject, Acceptances acceptances, List<Point> history) {
    return new Drafting(played, acceptances).draft(subject, history);
  }

  private SignOff draft(Subject subject, List<Point> history) {
    played.results().forEach(this::find);
    played.live().ifPresent(live -> live.results().forEach(this::find));
    for (String route : played.unprobed()) {
      add(new Found(Finding.Kind.UNPROBED, "", route, "edge", Level.HIGH), "without probes");
    }
    for (String untouched : played.coverage().missing()) {
      add(
          new Found(Finding.Kind.UNTOUCHED, "", untouched, "edge", Level.HIGH),
          "not in a single attack on the server as it ships");
    }
    List<ThreatRow> threats = new ArrayList<>();
    for (Family family : played.plan().register().families()) {
      family.threats().forEach(threat -> threats.add(row(family, threat)));
    }
    threats.forEach(this::findExpired);
    findIdle(threats);
    findings.sort(
        Comparator.comparing(Finding::isOpen)
            .thenComparing(Finding::severity)
            .reversed()
            .thenComparing(Finding::id));
    return new SignOff(
        SignOff.FORMAT,
        new Run(
            played.at().truncatedTo(ChronoUnit.SECONDS).toString(),
            played.took().toMillis(),
            played.there().map(There::target).orElse(LABORATORY),
            played.only(),
            played.laboratories(),
            Plain.text(played.machine()),
            verdict()),
        subject,
        threats,
        layers(),
        played.results().stream().map(this::row).toList(),
        findings,
        acceptances.all().stream().map(this::row).toList(),
        reached(),
        played.there().map(There::told).orElseGet(Deployed::none),
        played.live().map(this::replayed).orElseGet(Replayed::none),
        history);
  }

  private Conclusion verdict() {
    if (findings.stream().anyMatch(Finding::isOpen)) {
      return Conclusion.FINDINGS;
    }
    if (played.there().isPresent()
        || played.results().size() < played.plan().trials().size()
        || played.results().isEmpty()) {
      return Conclusion.INCOMPLETE;
    }
    return findings.isEmpty() ? Conclusion.GOOD : Conclusion.ACCEPTED;
  }

  // --- findings --------------------------------------------------------------------------------

  /** What a finding is of, before it is known what became of it. */
  private record Found(Finding.Kind kind, String threat, String of, String module, Level severity) {
    String id() {
      return of + "/" + kind.word();
    }
  }

  private void find(Result result) {
    Map<Finding.Kind, List<String>> byKind = new LinkedHashMap<>();
    for (Step step : result.steps()) {
      step.finding()
          .ifPresent(what -> byKind.computeIfAbsent(kind(step), _ -> new ArrayList<>()).add(what));
    }
    Threat threat = result.trial().threat();
    Level inherent = inherent(threat);
    String trial =
        result.trial().attack().id()
            + "/"
            + (isLive(result)
                ? LIVE
                : played.there().isPresent()
                    ? DEPLOYED
                    : String.join("+", result.trial().mutant().layers()));
    byKind.forEach(
        (kind, what) ->
            add(
                new Found(
                    kind,
                    threat.id(),
                    trial,
                    threat.seam().module(),
                    Risk.severity(kind, inherent)),
                String.join("; ", what)));
  }

  private static boolean isLive(Result result) {
    return result.steps().stream().anyMatch(step -> step.state() instanceof Step.State.Live);
  }

  private static Finding.Kind kind(Step step) {
    if (step.verdict() instanceof Verdict.Inconclusive) {
      return Finding.Kind.INCONCLUSIVE;
    }
    return switch (step.state()) {
      case Step.State.Unchanged _,
          Step.State.Deployed _,
          Step.State.Live _,
          Step.State.Restored _ ->
          Finding.Kind.SUCCEEDS;
      case Step.State.Alone _ -> Finding.Kind.LAYER_FAILS;
      case Step.State.AllOut _ -> Finding.Kind.SURVIVES;
    };
  }

  private void add(Found found, String what) {
    Finding.Disposition disposition = Finding.Disposition.OPEN;
    String owner = found.module();
    String until = "";
    Acceptance acceptance = acceptances.of(found.id()).orElse(null);
    if (acceptance != null && found.kind().canBeAccepted()) {
      disposition =
          acceptance.isValidOn(day) ? Finding.Disposition.ACCEPTED : Finding.Disposition.EXPIRED;
      owner = acceptance.owner();
      until = acceptance.expires().toString();
    }
    findings.add(
        new Finding(
            Plain.text(found.id()),
            found.kind(),
            found.threat(),
            Plain.text(what),
            found.severity(),
            disposition,
            owner,
            until));
  }

  /** Somebody answered for a threat that is not shown to be met, and nobody does any more. */
  private void findExpired(ThreatRow threat) {
    acceptances
        .of(threat.id())
        .filter(acceptance -> !acceptance.isValidOn(day))
        .ifPresent(
            acceptance ->
                findings.add(
                    new Finding(
                        threat.id() + "/" + Finding.Kind.EXPIRED.word(),
                        Finding.Kind.EXPIRED,
                        threat.id(),
                        "what `%s` answered for until %s is still %s"
                            .formatted(
                                acceptance.owner(), acceptance.expires(), threat.shown().told()),
                        Risk.severity(Finding.Kind.EXPIRED, worst(threat)),
                        Finding.Disposition.EXPIRED,
                        acceptance.owner(),
                        acceptance.expires().toString())));
  }

  /** A threat that nobody attacked is rated as if anybody could. */
  private static Level worst(ThreatRow threat) {
    return threat.rating().inherent() == Level.UNRATED
        ? Risk.inherent(3, threat.rating().impact())
        : threat.rating().inherent();
  }

  /** What is accepted and not there: only a whole run can tell. */
  private void findIdle(List<ThreatRow> threats) {
    if (!played.only().isEmpty() || played.there().isPresent()) {
      return;
    }
    Set<String> answerable =
        new HashSet<>(
            findings.stream()
                .filter(finding -> finding.kind().canBeAccepted())
                .map(Finding::id)
                .toList());
    threats.stream()
        .filter(threat -> threat.shown() != Shown.HELD && threat.shown() != Shown.NOT_APPLICABLE)
        .map(ThreatRow::id)
        .forEach(answerable::add);
    for (Acceptance acceptance : acceptances.all()) {
      if (!answerable.contains(acceptance.subject())) {
        findings.add(
            new Finding(
                acceptance.subject() + "/" + Finding.Kind.IDLE.word(),
                Finding.Kind.IDLE,
                "",
                "there is nothing of this name that could be accepted: take the acceptance out",
                Level.LOW,
                Finding.Disposition.OPEN,
                acceptance.owner(),
                ""));
      }
    }
  }

  // --- rows ------------------------------------------------------------------------------------

  private ThreatRow row(Family family, Threat threat) {
    Shown shown = shown(threat);
    List<Result> own = of(threat);
    Set<Identity> attackers = attackers(threat);
    int likelihood = Risk.likelihood(attackers);
    int impact = Risk.impact(threat.id());
    Level inherent = Risk.inherent(likelihood, impact);
    int fewest = own.stream().mapToInt(one -> one.trial().mutant().layers().size()).min().orElse(0);
    List<String> seam = new ArrayList<>(List.of(threat.seam().module()));
    seam.addAll(threat.seam().classes());
    return new ThreatRow(
        threat.id(),
        family.title(),
        Plain.text(threat.threat()),
        Plain.text(threat.control()),
        seam,
        shown,
        threat.posture().active().stream().map(Half::word).toList(),
        reasons(threat.posture().deferred()),
        reasons(threat.posture().notApplicable()),
        threat.references(),
        threat.layers(),
        words(attackers),
        threat.mutants().size(),
        seen(own),
        new Rating(likelihood, impact, inherent, Risk.residual(inherent, shown, fewest)));
  }

  private Shown shown(Threat threat) {
    List<Finding> own =
        findings.stream().filter(finding -> finding.threat().equals(threat.id())).toList();
    if (own.stream().anyMatch(Finding::isOpen)) {
      return Shown.FINDING;
    }
    Posture.State state = threat.posture().state();
    return switch (state) {
      case NOT_APPLICABLE -> Shown.NOT_APPLICABLE;
      case DEFERRED -> Shown.DEFERRED;
      case ACTIVE, PARTIAL -> {
        if (of(threat).isEmpty()
            || played.there().isEmpty() && of(threat).size() < threat.mutants().size()) {
          yield Shown.NOT_RUN;
        }
        if (!own.isEmpty()) {
          yield Shown.ACCEPTED;
        }
        if (played.there().isPresent()) {
          yield of(threat).stream().allMatch(this::isSeen) ? Shown.HELD_IN_PART : Shown.REFUSED;
        }
        yield state == Posture.State.ACTIVE ? Shown.HELD : Shown.HELD_IN_PART;
      }
    };
  }

  /** How many mutants of what was played were seen, here or where the same ran. */
  private int seen(List<Result> own) {
    return (int)
        own.stream()
            .filter(Result::good)
            .flatMap(
                one ->
                    played.there().isEmpty()
                        ? Stream.of(one.trial())
                        : mutants(one).filter(_ -> isSeen(one)))
            .count();
  }

  private Stream<Plan.Trial> mutants(Result of) {
    return played.plan().trials().stream()
        .filter(trial -> trial.attack().equals(of.trial().attack()));
  }

  private boolean isSeen(Result result) {
    return played.there().isPresent()
        && played.there().get().seen().contains(result.trial().attack().id());
  }

  private List<Result> of(Threat threat) {
    return played.results().stream()
        .filter(result -> result.trial().threat().equals(threat))
        .toList();
  }

  private Set<Identity> attackers(Threat threat) {
    Set<Identity> attackers = EnumSet.noneOf(Identity.class);
    played.plan().trials().stream()
        .filter(trial -> trial.threat().equals(threat))
        .forEach(trial -> attackers.addAll(trial.attack().needs()));
    return attackers;
  }

  private Level inherent(Threat threat) {
    return Risk.inherent(Risk.likelihood(attackers(threat)), Risk.impact(threat.id()));
  }

  private static Map<String, String> reasons(Map<Half, String> reasons) {
    Map<String, String> told = new LinkedHashMap<>();
    reasons.forEach((half, reason) -> told.put(half.word(), Plain.text(reason)));
    return told;
  }

  private Reached reached() {
    List<Reached.RouteRow> routes = new ArrayList<>();
    for (Coverage.RouteTouched touched : played.coverage().routes()) {
      Map<String, Integer> by = new LinkedHashMap<>();
      touched.by().forEach((who, count) -> by.put(who.word(), count));
      routes.add(new Reached.RouteRow(touched.route().name(), touched.route().access(), by));
    }
    return new Reached(
        routes,
        played.coverage().codes().stream()
            .map(met -> new Reached.CodeRow(met.code(), met.count(), Plain.text(met.reason())))
            .toList());
  }

  private List<LayerRow> layers() {
    return played.plan().register().layers().values().stream()
        .map(layer -> new LayerRow(layer.id(), Plain.text(layer.what()), layer.seam().module()))
        .sorted(Comparator.comparing(LayerRow::id))
        .toList();
  }

  private TrialRow row(Result result) {
    Plan.Trial trial = result.trial();
    return new TrialRow(
        trial.threat().id(),
        trial.attack().id(),
        Plain.text(trial.attack().does()),
        trial.attack().mode().name().toLowerCase(Locale.ROOT),
        words(trial.attack().needs()),
        played.there().isPresent() ? List.of() : trial.mutant().layers(),
        result.steps().stream().map(Drafting::row).toList(),
        result.took().toMillis());
  }

  private Replayed replayed(Live live) {
    Map<String, Step> there = new HashMap<>();
    live.results()
        .forEach(result -> there.put(result.trial().attack().id(), result.steps().getLast()));
    Set<String> inLaboratory = new HashSet<>();
    played.results().forEach(result -> inLaboratory.add(result.trial().attack().id()));
    Set<String> all = new TreeSet<>(inLaboratory);
    all.addAll(there.keySet());
    Replayed told = live.told();
    return new Replayed(
        told.target(),
        told.marker(),
        told.requests(),
        told.settings(),
        told.left(),
        all.stream()
            .map(
                attack ->
                    row(
                        attack,
                        Optional.ofNullable(there.get(attack)),
                        inLaboratory.contains(attack),
                        live.reasons().getOrDefault(attack, "")))
            .toList());
  }

  private static Replayed.Row row(
      String attack, Optional<Step> there, boolean inLaboratory, String reason) {
    Replayed.Where where =
        there.isEmpty()
            ? Replayed.Where.LABORATORY
            : inLaboratory ? Replayed.Where.BOTH : Replayed.Where.SERVER;
    return there
        .map(
            step ->
                new Replayed.Row(
                    attack,
                    where.word(),
                    word(step.verdict()),
                    Plain.text(step.verdict().evidence()),
                    step.took().toMillis()))
        .orElseGet(() -> new Replayed.Row(attack, where.word(), "", Plain.text(reason), 0));
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Refused _ -> "refused";
      case Verdict.Succeeded _ -> "succeeded";
      case Verdict.Inconclusive _ -> "inconclusive";
    };
  }

  private static TrialRow.StepRow row(Step step) {
    return new TrialRow.StepRow(
        step.told(),
        word(step.verdict()),
        step.finding().isEmpty(),
        Plain.text(step.verdict().evidence()),
        step.took().toMillis());
  }

  private AcceptanceRow row(Acceptance acceptance) {
    return new AcceptanceRow(
        acceptance.subject(),
        Plain.text(acceptance.reason()),
        acceptance.owner(),
        acceptance.since().toString(),
        acceptance.expires().toString(),
        acceptance.isValidOn(day));
  }

  private static List<String> words(Collection<Identity> identities) {
    return identities.stream()
        .sorted()
        .map(identity -> identity.name().toLowerCase(Locale.ROOT))
        .toList();
  }
}
