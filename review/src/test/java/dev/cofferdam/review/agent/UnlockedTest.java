package dev.cofferdam.review.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UnlockedTest {
  @Test
  void membershipsAreReadWithoutALockAndEverythingElseAsItWas() {
    assertThat(Unlocked.of("select role from identity.membership order by person_id for update"))
        .isEqualTo("select role from identity.membership order by person_id");
    String other = "select name from authz.project where id = :id for update";
    assertThat(Unlocked.of(other)).isEqualTo(other);
  }
}
