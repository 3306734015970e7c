package dev.cofferdam.server.edge.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SchemasTest {
  private static final class HouseController {
    record Wanted(String street) {}

    record HouseBody(String street) {}
  }

  private static final class HouseBody {
    record Wanted(String colour) {}
  }

  @Test
  void aRecordIsNamedForWhatItStandsIn() {
    assertThat(Schemas.name(HouseController.Wanted.class)).isEqualTo("HouseWanted");
    assertThat(Schemas.name(HouseController.HouseBody.class)).isEqualTo("HouseBody");
  }

  @Test
  void twoRecordsOfOneNameAreRefused() {
    Schemas schemas = new Schemas();
    schemas.of(HouseController.Wanted.class);
    schemas.of(HouseController.Wanted.class);

    assertThatThrownBy(() -> schemas.of(HouseBody.Wanted.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("are both `HouseWanted`");
  }
}
