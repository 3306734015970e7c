package dev.cofferdam.review.render;

import dev.cofferdam.review.seal.Sealed;
import dev.cofferdam.review.signoff.AcceptanceRow;
import dev.cofferdam.review.signoff.Finding;
import dev.cofferdam.review.signoff.Shown;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.ThreatRow;
import dev.cofferdam.review.signoff.TrialRow;

/** {@code sign-off.md}: the same for a terminal, a review of a change, or an archive. */
final class MarkdownPage {
  private final StringBuilder page = new StringBuilder();
  private final SignOff signOff;
  private final Sealed sealed;

  private MarkdownPage(Sealed sealed) {
    this.sealed = sealed;
    signOff = sealed.signOff();
  }

  static String of(Sealed sealed) {
    return new MarkdownPage(sealed).written();
  }

  private String written() {
    line("# Sign-off of a security review\n");
    line("**%s.** %s\n", Words.verdict(signOff.run().verdict()), Words.sentence(signOff));
    line("| | |\n|---|---|");
    line("| when | %s, %s |", Words.moment(signOff), Words.seconds(signOff.run().millis()));
    line("| against | %s |", cell(signOff.run().target()));
    line("| played | %s, %s |", Words.played(signOff), Words.laboratories(signOff));
    line(
        "| of the plan | %s |",
        signOff.run().only().isEmpty()
            ? "all of it"
            : "only " + cell(String.join(", ", signOff.run().only())));
    line("| threats | %s |", Plots.counts(signOff));
    signOff
        .subject()
        .attacked()
        .forEach((name, part) -> line("| %s | `%s` |", name, part.digest()));
    line(
        "| signed by | %s |",
        sealed.claimedSigner().isEmpty() ? "nobody yet" : cell(sealed.claimedSigner()));
    if (Words.isDeployment(signOff)) {
      line("\n## Of this deployment\n");
      Words.there(signOff).forEach(told -> line("- %s", text(told)));
    }
    if (Words.isReplayed(signOff)) {
      line("\n## Against %s too\n", text(signOff.replayed().target()));
      Words.replayed(signOff).forEach(told -> line("- %s", text(told)));
    }
    findings();
    acceptances();
    line("\n## Threats\n");
    line("| threat | shown | layers | mutants seen | risk left |\n|---|---|---|---|---|");
    signOff.threats().forEach(this::threat);
    line("\n## What waits, and what does not apply\n");
    signOff.threats().stream()
        .filter(threat -> !Words.reasons(threat).isEmpty())
        .forEach(threat -> line("- %s: %s", threat.id(), Words.reasons(threat)));
    if (Words.isDeployment(signOff)) {
      line("\n## Attacks that were not played\n");
      signOff
          .deployed()
          .notPlayed()
          .forEach(one -> line("- %s: %s", one.attack(), text(one.reason())));
    }
    if (Words.isReplayed(signOff)) {
      line("\n## Where each attack was played\n");
      line("| attack | where | there | what came of it, or why not |\n|---|---|---|---|");
      signOff
          .replayed()
          .attacks()
          .forEach(
              row ->
                  line(
                      "| %s | %s | %s | %s |",
                      row.attack(), row.where(), row.verdict(), cell(text(row.told()))));
    }
    evidence();
    line("\n## How risk is told\n");
    Words.METHOD.forEach(line -> line("1. %s", line));
    return page.toString();
  }

  private void findings() {
    line("\n## Findings\n");
    if (signOff.findings().isEmpty()) {
      line("There is none.");
    }
    for (Finding finding : signOff.findings()) {
      line(
          "- **%s** `%s`, %s, owner %s%s: %s",
          finding.severity().word(),
          finding.id(),
          finding.disposition().word(),
          finding.owner(),
          finding.until().isEmpty() ? "" : " until " + finding.until(),
          text(finding.what()));
    }
  }

  private void acceptances() {
    line("\n## Accepted\n");
    if (signOff.acceptances().isEmpty()) {
      line("Nobody has accepted anything.");
    }
    for (AcceptanceRow one : signOff.acceptances()) {
      line(
          "- `%s` by %s, %s to %s%s: %s",
          one.subject(),
          one.owner(),
          one.since(),
          one.expires(),
          one.valid() ? "" : ", which counts no more",
          text(one.reason()));
    }
  }

  private void threat(ThreatRow threat) {
    String shown = threat.shown() == Shown.FINDING ? "**finding**" : threat.shown().told();
    line(
        "| %s | %s | %s | %s | %s |",
        threat.id(),
        shown,
        String.join(", ", threat.layers()),
        threat.mutants() == 0 ? "–" : threat.seen() + " of " + threat.mutants(),
        threat.rating().residual().word());
  }

  private void evidence() {
    line("\n## Evidence");
    for (TrialRow trial : signOff.trials()) {
      line(
          "\n### %s %s\n",
          trial.attack(),
          trial.layers().isEmpty()
              ? "as deployed"
              : "without " + String.join(", ", trial.layers()));
      for (TrialRow.StepRow step : trial.steps()) {
        String verdict = step.asItShould() ? step.verdict() : "**" + step.verdict() + "**";
        line("- %s: %s, %s", step.state(), verdict, text(step.evidence()));
      }
    }
  }

  /** Text that Markdown is not to take for anything else: what was answered may be anything. */
  private static String text(String any) {
    return any.replaceAll("([\\\\`*_\\[\\]<>|#])", "\\\\$1");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private void line(String format, Object... values) {
    page.append(values.length == 0 ? format : format.formatted(values)).append('\n');
  }
}
