package dev.cofferdam.review.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class UngrantedTest {
  @Test
  void theStatementForNodesLosesItsConditionAndOthersNothing() throws IOException {
    String shipped =
        Files.readString(
            Path.of(
                "../server/src/main/resources/dev/cofferdam/server/secrets/secret_for_node.sql"),
            UTF_8);

    assertThat(Ungranted.of(shipped)).isNotEqualTo(shipped).doesNotContain("greatest");
    String other = "select name from authz.project where id = :id";
    assertThat(Ungranted.of(other)).isEqualTo(other);
  }
}
