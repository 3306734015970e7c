package dev.cofferdam.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemCodeTest {

  @ParameterizedTest
  @EnumSource
  void everyCodeSaysWhatIsTheMatterAndWhatToDo(ProblemCode code) {
    assertThat(code.code()).matches("[a-z][a-z_]*");
    assertThat(code.status()).isBetween(400, 599);
    assertThat(code.title()).matches("[A-Z].*[^.]");
    assertThat(code.next()).matches("[A-Z].*\\.");
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatTellsACallerNoIsADenial(ProblemCode code) {
    assertThat(code.isDenial() && !code.isOfOauth())
        .isEqualTo(
            code.status() == 403
                || code.status() == 404
                || code == ProblemCode.INSUFFICIENT_USER_AUTHENTICATION);
  }
}
