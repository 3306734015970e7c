package dev.cofferdam.review.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class HeldForEverTest {
  private static final Path ROWS =
      Path.of("../server/src/main/java/dev/cofferdam/server/rotation/RunRows.java");

  @Test
  void theStatementThatTakesRotationsTakesNoneThatIsHeldAndOthersAreAsTheyWere()
      throws IOException {
    String shipped = Files.readString(ROWS, UTF_8);

    assertThat(HeldForEver.of(shipped))
        .isNotEqualTo(shipped)
        .contains("and held_until is null")
        .doesNotContain("held_until <= :now");
    String other = "update keyring.tenant_key set state = 'active'";
    assertThat(HeldForEver.of(other)).isEqualTo(other);
  }
}
