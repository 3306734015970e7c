package dev.cofferdam.review.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShippedRegisterTest {

  @Test
  void everyFindingIsAThreat() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/dev/cofferdam/review/findings.ids")) {
      List<String> findings =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();

      assertThat(Register.shipped().threats().map(Threat::id))
          .containsExactlyInAnyOrderElementsOf(findings);
    }
  }

  @Test
  void everyThreatRefersToSomethingPublished() {
    assertThat(Register.shipped().threats())
        .allSatisfy(threat -> assertThat(threat.references()).as(threat.id()).isNotEmpty());
  }
}
