package dev.cofferdam.review.signoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.RecordedRun;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.register.Acceptance;
import dev.cofferdam.review.register.Acceptances;
import dev.cofferdam.review.web.Coverage;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DraftingTest {
  private static final String THREAT = "ISO-04";

  @Test
  void aGoodRunHoldsWhatIsActiveAndNothingElse() {
    SignOff signOff = new RecordedRun().signOff();

    assertThat(signOff.run().verdict()).isEqualTo(Conclusion.GOOD);
    assertThat(signOff.findings()).isEmpty();
    assertThat(signOff.threats())
        .extracting(ThreatRow::id)
        .containsExactlyElementsOf(RecordedRun.everyThreat().toList());
    assertThat(signOff.threats())
        .filteredOn(threat -> threat.shown() == Shown.HELD)
        .isNotEmpty()
        .allSatisfy(
            threat -> {
              assertThat(threat.deferred()).isEmpty();
              assertThat(threat.seen()).isEqualTo(threat.mutants()).isPositive();
              assertThat(threat.rating().residual()).isLessThan(Level.CRITICAL);
            });
    assertThat(signOff.threats())
        .filteredOn(threat -> threat.active().isEmpty() && !threat.deferred().isEmpty())
        .isNotEmpty()
        .allSatisfy(
            threat -> {
              assertThat(threat.shown()).isEqualTo(Shown.DEFERRED);
              assertThat(threat.rating().residual()).isEqualTo(Level.UNRATED);
            });
  }

  @Test
  void aSurvivingMutantIsAFindingAndIsNamed() {
    SignOff signOff = new RecordedRun().surviving(THREAT).signOff();

    assertThat(signOff.run().verdict()).isEqualTo(Conclusion.FINDINGS);
    Finding finding = signOff.findings().getFirst();
    assertThat(finding.id()).isEqualTo(RecordedRun.finding(THREAT, "survives"));
    assertThat(finding.what()).contains("the mutant survives", "denied all the same");
    assertThat(shown(signOff)).isEqualTo(Shown.FINDING);
  }

  @Test
  void anAttackThatSucceedsWeighsAsMuchAsItsThreat() {
    Finding finding = new RecordedRun().open(THREAT).signOff().findings().getFirst();

    assertThat(finding.kind()).isEqualTo(Finding.Kind.SUCCEEDS);
    assertThat(finding.severity()).isEqualTo(Level.HIGH);
    assertThat(finding.owner()).isEqualTo("tenancy");
  }

  @Test
  void ofEachAttackItIsToldWhereItWasPlayedAndWhatSucceedsOnTheLiveServerIsAFinding() {
    SignOff good = new RecordedRun().live("").signOff();

    assertThat(good.run().verdict()).isEqualTo(new RecordedRun().signOff().run().verdict());
    assertThat(good.replayed().count(Replayed.Where.BOTH)).isPositive();
    assertThat(good.replayed().count(Replayed.Where.LABORATORY)).isPositive();
    assertThat(good.replayed().count(Replayed.Where.SERVER)).isZero();
    assertThat(good.replayed().attacks())
        .extracting(Replayed.Row::attack)
        .containsExactlyInAnyOrderElementsOf(
            good.trials().stream().map(TrialRow::attack).distinct().toList());
    assertThat(good.replayed().attacks())
        .filteredOn(row -> row.where().equals("laboratory"))
        .allSatisfy(row -> assertThat(row.told()).isNotEmpty());

    SignOff open = new RecordedRun().live("ISO-01.things").signOff();
    assertThat(open.run().verdict()).isEqualTo(Conclusion.FINDINGS);
    assertThat(open.findings()).extracting(Finding::id).contains("ISO-01.things/live/succeeds");
    assertThat(open.threat("ISO-01").orElseThrow().shown()).isEqualTo(Shown.FINDING);
  }

  @Test
  void ofAPartNothingElseLooksHeld() {
    SignOff signOff = new RecordedRun().only(THREAT).signOff();

    assertThat(signOff.run().verdict()).isEqualTo(Conclusion.INCOMPLETE);
    assertThat(shown(signOff)).isIn(Shown.HELD, Shown.HELD_IN_PART);
    assertThat(signOff.threats())
        .filteredOn(threat -> !threat.id().equals(THREAT))
        .extracting(ThreatRow::shown)
        .doesNotContain(Shown.HELD, Shown.HELD_IN_PART)
        .contains(Shown.NOT_RUN);
  }

  @Test
  void aThreatOfWhichOnlySomeAttacksWerePlayedIsNotRun() {
    String attack = RecordedRun.first("AUD-01").attack().id();

    assertThat(new RecordedRun().only(attack).signOff().threat("AUD-01").orElseThrow().shown())
        .isEqualTo(Shown.NOT_RUN);
  }

  @Test
  void ofADeploymentNothingLooksHeldAndWhatNobodySawSucceedOnlyRefused() {
    Deployed told = new Deployed("review-1", 9, 0, List.of(), "reviewer", "none", List.of());

    SignOff unseen = new RecordedRun().deployed(told).signOff();
    assertThat(unseen.run().verdict()).isEqualTo(Conclusion.INCOMPLETE);
    assertThat(unseen.shown(Shown.HELD) + unseen.shown(Shown.HELD_IN_PART)).isZero();
    assertThat(unseen.threat("ISO-08").orElseThrow().shown()).isEqualTo(Shown.REFUSED);
    assertThat(unseen.threat(THREAT).orElseThrow().shown()).isEqualTo(Shown.NOT_RUN);

    SignOff seen = new RecordedRun().deployed(told, "ISO-08.named").signOff();
    assertThat(seen.threat("ISO-08").orElseThrow().shown()).isEqualTo(Shown.HELD_IN_PART);
    assertThat(seen.shown(Shown.HELD)).isZero();
    assertThat(seen.shown(Shown.HELD_IN_PART)).isOne();
    assertThat(
            new RecordedRun()
                .deployed(told)
                .ending("EDG-02", "as deployed", new Verdict.Succeeded("the canary"))
                .signOff()
                .run()
                .verdict())
        .isEqualTo(Conclusion.FINDINGS);
  }

  @Test
  void anAcceptedFindingIsShownWithOwnerAndEndAndNeverGreen() {
    SignOff signOff =
        new RecordedRun()
            .open(THREAT)
            .accepting(accepted(RecordedRun.finding(THREAT, "succeeds"), "2027-01-31"))
            .signOff();

    assertThat(signOff.run().verdict()).isEqualTo(Conclusion.ACCEPTED);
    Finding finding = signOff.findings().getFirst();
    assertThat(finding.disposition()).isEqualTo(Finding.Disposition.ACCEPTED);
    assertThat(finding.owner()).isEqualTo("platform team");
    assertThat(finding.until()).isEqualTo("2027-01-31");
    assertThat(shown(signOff)).isEqualTo(Shown.ACCEPTED);
    assertThat(signOff.threat(THREAT).orElseThrow().rating().residual()).isEqualTo(Level.HIGH);
  }

  @Test
  void anExpiredAcceptanceFailsTheRun() {
    String finding = RecordedRun.finding(THREAT, "succeeds");

    SignOff signOff =
        new RecordedRun().open(THREAT).accepting(accepted(finding, "2026-11-27")).signOff();

    assertThat(signOff.run().verdict()).isEqualTo(Conclusion.FINDINGS);
    assertThat(signOff.findings())
        .filteredOn(one -> one.id().equals(finding))
        .singleElement()
        .extracting(Finding::disposition)
        .isEqualTo(Finding.Disposition.EXPIRED);
  }

  @Test
  void nobodyAnswersForWhatIsNotKnown() {
    for (String kind : List.of("survives", "inconclusive")) {
      RecordedRun run =
          kind.equals("survives")
              ? new RecordedRun().surviving(THREAT)
              : new RecordedRun().ending(THREAT, "as shipped", new Verdict.Inconclusive("hung"));

      SignOff signOff =
          run.accepting(accepted(RecordedRun.finding(THREAT, kind), "2027-01-31")).signOff();

      assertThat(signOff.run().verdict()).isEqualTo(Conclusion.FINDINGS);
    }
  }

  @Test
  void anAcceptedThreatThatWaitsIsNoFindingUntilItExpires() {
    assertThat(new RecordedRun().accepting(accepted("EVT-01", "2027-01-31")).signOff().findings())
        .isEmpty();
    SignOff expired = new RecordedRun().accepting(accepted("EVT-01", "2026-11-20")).signOff();
    assertThat(expired.run().verdict()).isEqualTo(Conclusion.FINDINGS);
    assertThat(expired.findings()).extracting(Finding::id).containsExactly("EVT-01/expired");
    assertThat(expired.threat("EVT-01").orElseThrow().shown()).isEqualTo(Shown.DEFERRED);
  }

  @Test
  void anAcceptanceOfNothingIsAFinding() {
    assertThat(new RecordedRun().accepting(accepted("ISO-99", "2027-01-31")).signOff().findings())
        .extracting(Finding::id)
        .containsExactly("ISO-99/idle");
    // What holds needs nobody to answer for it.
    assertThat(new RecordedRun().accepting(accepted(THREAT, "2027-01-31")).signOff().findings())
        .hasSize(1);
  }

  @Test
  void aRouteWithoutProbesFailsTheRun() {
    SignOff signOff = new RecordedRun().unprobed("GET /new: nothing is said of `x`").signOff();

    assertThat(signOff.run().verdict()).isEqualTo(Conclusion.FINDINGS);
    assertThat(signOff.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.UNPROBED);
  }

  @Test
  void whatNoAttackTouchedFailsTheRun() {
    SignOff signOff =
        new RecordedRun()
            .reaching(
                new Coverage(
                    List.of(),
                    List.of(new Coverage.CodeMet("gone", 0, "")),
                    List.of("the problem `gone`: no attack meets it")))
            .signOff();

    assertThat(signOff.run().verdict()).isEqualTo(Conclusion.FINDINGS);
    assertThat(signOff.findings())
        .extracting(Finding::id)
        .containsExactly("the problem `gone`: no attack meets it/untouched");
  }

  @Test
  void evidenceIsPlainText() {
    SignOff signOff =
        new RecordedRun()
            .ending(THREAT, "as shipped", new Verdict.Refused("a\nb\u0007c \ud800 d"))
            .signOff();

    assertThat(signOff.trialsOf(THREAT).getFirst().steps().getFirst().evidence())
        .isEqualTo("a b c \ufffd d");
  }

  private static Shown shown(SignOff signOff) {
    return signOff.threat(THREAT).orElseThrow().shown();
  }

  private static Acceptances accepted(String subject, String expires) {
    return new Acceptances(
        List.of(
            new Acceptance(
                subject,
                "it is known",
                "platform team",
                LocalDate.parse("2026-11-01"),
                LocalDate.parse(expires))));
  }
}
