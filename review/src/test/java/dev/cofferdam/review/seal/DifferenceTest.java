package dev.cofferdam.review.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.RecordedRun;
import dev.cofferdam.review.signoff.SignOff;
import org.junit.jupiter.api.Test;

final class DifferenceTest {
  private final SignOff good = new RecordedRun().signOff();

  @Test
  void theSameIsTheSame() {
    Difference same = Difference.between(good, new RecordedRun().signOff());

    assertThat(same.worse()).isEmpty();
    assertThat(same.better()).isEmpty();
    assertThat(same.neither()).isEmpty();
  }

  @Test
  void aNewFindingIsWorseAndItsEndIsBetter() {
    SignOff bad = new RecordedRun().surviving("ISO-04").signOff();

    assertThat(Difference.between(good, bad).worse())
        .hasSize(3)
        .contains("verdict: findings, before good")
        .anyMatch(line -> line.startsWith("ISO-04: finding, before "))
        .anyMatch(
            line -> line.startsWith("new finding " + RecordedRun.finding("ISO-04", "survives")));
    assertThat(Difference.between(bad, good).worse()).isEmpty();
    assertThat(Difference.between(bad, good).better()).hasSize(3);
  }

  @Test
  void whatIsNoMorePlayedIsWorse() {
    Difference less = Difference.between(good, new RecordedRun().only("ISO").signOff());

    assertThat(less.worse())
        .contains("verdict: incomplete, before good")
        .anyMatch(line -> line.startsWith("mutant no more played AUD-01."))
        .anyMatch(line -> line.startsWith("AUD-01: not run, before held"));
  }

  @Test
  void otherCodeIsOnlyOther() {
    Difference other =
        Difference.between(good, new RecordedRun().of(RecordedRun.subject("other code")).signOff());

    assertThat(other.worse()).isEmpty();
    assertThat(other.neither()).contains("code: server.jar is another");
  }
}
