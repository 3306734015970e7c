package dev.cofferdam.server.oauth.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads off one device and types on another. */
class UserCodeTest {
  @Test
  void hasLettersThatMakeNoWordAndAreTakenForNoOther() {
    Set<String> seen = new HashSet<>();
    SecureRandom random = new SecureRandom();
    for (int n = 0; n < 1000; n++) {
      UserCode code = UserCode.make(random);
      assertThat(code.text()).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
      assertThat(code.toString()).doesNotContain(code.text());
      seen.add(code.text());
    }
    assertThat(seen).as("of 25.6 billion, a thousand").hasSize(1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BCDF-GHJK",
        "bcdfghjk",
        " bcdf ghjk ",
        "B C D F G H J K",
        "BCDF–GHJK\n",
        "bcdf.ghjk"
      })
  void isTakenAsPeopleTypeIt(String typed) {
    assertThat(UserCode.of(typed).orElseThrow().text()).isEqualTo("BCDF-GHJK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "BCDF-GHJ", "BCDF-GHJKL", "ACDF-GHJK", "BCDF-GHJ0", "BCDF/GHJK", "ＢCDF-GHJK"})
  void isNothingElse(String typed) {
    assertThat(UserCode.of(typed)).isEmpty();
  }

  @Test
  void isNotLookedForInWhatIsLong() {
    assertThat(UserCode.of("BCDF-GHJK" + " ".repeat(40))).isEmpty();
  }
}
