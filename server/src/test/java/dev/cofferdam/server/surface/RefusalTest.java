package dev.cofferdam.server.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalTest {

  @Test
  void keepsWhatItWasGivenWhateverIsAddedLater() {
    Refusal refusal =
        Refusal.invalid("name").after(Duration.ofSeconds(3)).because("no_such_role").at("role");

    assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID_FIELD);
    assertThat(refusal.field()).isEqualTo("role");
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    assertThat(refusal.reason()).isEqualTo("no_such_role");
  }

  @Test
  void takesNothingThatLooksLikeTheClientsInput() {
    assertThatThrownBy(() -> Refusal.invalid("<script>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("script");
    assertThatThrownBy(() -> Refusal.notFound().because("No such thing"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsThrownCostsNoStackTrace() {
    RefusedException thrown = Refusal.notFound().thrown();

    assertThat(thrown.getStackTrace()).isEmpty();
    assertThat(thrown.refusal()).isEqualTo(Refusal.notFound());
  }
}
