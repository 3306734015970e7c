package dev.cofferdam.review.run;

import dev.cofferdam.review.register.Family;
import dev.cofferdam.review.register.Half;
import dev.cofferdam.review.register.Layer;
import dev.cofferdam.review.register.Posture;
import dev.cofferdam.review.register.Threat;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the register as the page docs/threat-model.md. */
public final class ThreatModel {
  private ThreatModel() {}

  /** The page, always the same for the same register and attacks. */
  public static String page(Plan plan) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Threat model

        Generated from the register of the review by `./cofferdam review threat-model`; a test fails when it is stale.
        What the columns mean is in [design/review.md](design/review.md). A threat is **active** when every half of it
        that applies is attacked on each run, **partial** when some half still waits, **deferred** when none is attacked
        yet.

        """);
    Map<Posture.State, Long> counts =
        plan.register()
            .threats()
            .collect(Collectors.groupingBy(t -> t.posture().state(), Collectors.counting()));
    page.append(counts.getOrDefault(Posture.State.ACTIVE, 0L)).append(" active, ");
    page.append(counts.getOrDefault(Posture.State.PARTIAL, 0L)).append(" partial, ");
    page.append(counts.getOrDefault(Posture.State.DEFERRED, 0L)).append(" deferred, ");
    page.append(counts.getOrDefault(Posture.State.NOT_APPLICABLE, 0L)).append(" not applicable; ");
    page.append(plan.trials().size()).append(" mutants.\n");
    for (Family family : plan.register().families()) {
      page.append("\n## ")
          .append(family.code())
          .append(" · ")
          .append(family.title())
          .append("\n\n");
      page.append(
          "| id | posture | threat | control | seam | references |\n|---|---|---|---|---|---|\n");
      family.threats().forEach(threat -> page.append(row(threat)));
      family.threats().forEach(threat -> page.append(attacks(plan, threat)));
    }
    page.append("\n## Layers\n\n| layer | what it is | where |\n|---|---|---|\n");
    plan.register().layers().values().stream()
        .sorted(Comparator.comparing(Layer::id))
        .forEach(
            layer ->
                page.append("| `")
                    .append(layer.id())
                    .append("` | ")
                    .append(cell(layer.what()))
                    .append(" | ")
                    .append(layer.seam().module())
                    .append(" |\n"));
    return page.toString();
  }

  private static String row(Threat threat) {
    return "| %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            threat.id(),
            cell(posture(threat.posture())),
            cell(threat.threat()),
            cell(threat.control()),
            threat.seam().module(),
            String.join(", ", threat.references()));
  }

  private static String posture(Posture posture) {
    String word =
        switch (posture.state()) {
          case ACTIVE -> "active: " + halves(posture);
          case PARTIAL -> "**partial**: " + halves(posture) + " attacked";
          case DEFERRED -> "deferred";
          case NOT_APPLICABLE -> "not applicable";
        };
    StringBuilder told = new StringBuilder(word);
    posture
        .deferred()
        .forEach(
            (half, why) -> told.append("; ").append(half.word()).append(" waits: ").append(why));
    posture
        .notApplicable()
        .forEach(
            (half, why) -> told.append("; no ").append(half.word()).append(" half: ").append(why));
    return told.toString();
  }

  private static String halves(Posture posture) {
    return posture.active().stream().map(Half::word).collect(Collectors.joining(", "));
  }

  private static String attacks(Plan plan, Threat threat) {
    if (threat.mutants().isEmpty()) {
      return "";
    }
    StringBuilder list = new StringBuilder("\n**" + threat.id() + "** is attacked by:\n\n");
    plan.trials().stream()
        .filter(trial -> trial.threat().equals(threat))
        .forEach(
            trial ->
                list.append("- `")
                    .append(trial.attack().id())
                    .append("`: ")
                    .append(trial.attack().does())
                    .append("; mutant: without ")
                    .append(
                        trial.mutant().layers().stream()
                            .map(layer -> "`" + layer + "`")
                            .collect(Collectors.joining(" and ")))
                    .append("\n"));
    return list.toString();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
