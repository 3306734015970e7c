package dev.cofferdam.review.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class AcceptancesTest {
  private static final String WHOLE =
      """
      acceptances:
        - subject: ISO-14
          reason: found beside the server alone
          owner: platform team
          since: 2026-11-01
          expires: 2027-01-31
      """;

  @Test
  void everyFieldIsRead() {
    Acceptances read = Acceptances.read("acceptances.yaml", WHOLE);

    Acceptance one = read.of("ISO-14").orElseThrow();
    assertThat(one.owner()).isEqualTo("platform team");
    assertThat(one.isValidOn(LocalDate.parse("2026-10-31"))).isFalse();
    assertThat(one.isValidOn(LocalDate.parse("2026-11-01"))).isTrue();
    assertThat(one.isValidOn(LocalDate.parse("2027-01-30"))).isTrue();
    assertThat(one.isValidOn(LocalDate.parse("2027-01-31"))).isFalse();
  }

  @Test
  void anUnknownMissingOrMistypedFieldIsRefused() {
    assertRefused(WHOLE.replace("owner:", "owner_name:"), "`owner` is missing");
    assertRefused(WHOLE + "    note: x\n", "`note` is not known");
    assertRefused(WHOLE.replace("2027-01-31", "31.1.2027"), "a day like 2027-01-31");
    assertRefused(WHOLE.replace("platform team", "''"), "`owner` is to be text");
    assertRefused("accepted: []\n", "`acceptances` is missing");
  }

  @Test
  void nothingIsAcceptedForLongerThanAYearOrBackwards() {
    assertRefused(WHOLE.replace("2027-01-31", "2027-11-03"), "for longer than a year");
    assertRefused(WHOLE.replace("2027-01-31", "2026-11-01"), "before it began");
  }

  @Test
  void nothingIsAcceptedTwice() {
    assertRefused(WHOLE + WHOLE.substring(WHOLE.indexOf("  - ")), "accepted twice");
  }

  private static void assertRefused(String yaml, String why) {
    assertThatThrownBy(() -> Acceptances.read("acceptances.yaml", yaml))
        .isInstanceOf(RegisterRefusedException.class)
        .hasMessageContaining(why);
  }
}
