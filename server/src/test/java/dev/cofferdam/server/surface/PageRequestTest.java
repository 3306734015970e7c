package dev.cofferdam.server.surface;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {

  @Test
  void aPageHoldsOneToTwoHundred() {
    assertThatCode(() -> new PageRequest(1, null)).doesNotThrowAnyException();
    assertThatCode(() -> new PageRequest(200, "7")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 201, Integer.MAX_VALUE})
  void anyOtherSizeIsRefused(int limit) {
    assertThatThrownBy(() -> new PageRequest(limit, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
