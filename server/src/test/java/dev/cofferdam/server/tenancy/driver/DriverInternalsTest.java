package dev.cofferdam.server.tenancy.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Trap 3: the hook stands on internals, and refuses any driver but the one it was read from. */
final class DriverInternalsTest {
  @Test
  void theDriverOnTheClassPathIsTheOneThatIsPinned() {
    assertThat(DriverInternals.version()).isEqualTo("42.7.13");
    assertThat(DriverInternals.live()).isNotNull();
  }

  @Test
  void anotherVersionIsRefusedByName() {
    assertThatThrownBy(() -> DriverInternals.find("42.7.14", DriverInternals.PACKAGE))
        .isInstanceOf(DriverRefusedException.class)
        .hasMessageContaining("`42.7.14`")
        .hasMessageContaining("Put postgresql-42.7.13.jar in its place.");
  }

  @Test
  void missingInternalsAreRefused() {
    assertThatThrownBy(() -> DriverInternals.find("42.7.13", "org.postgresql.core.v4"))
        .isInstanceOf(DriverRefusedException.class)
        .hasMessageContaining("lacks internals")
        .hasRootCauseInstanceOf(ClassNotFoundException.class);
  }
}
