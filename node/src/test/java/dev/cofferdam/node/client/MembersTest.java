package dev.cofferdam.node.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembersTest {
  @Test
  void textsAndNumbersAreReadAndWhatLiesWithinIsPassedOver() {
    assertThat(
            Members.of(
                "{\"a\":\"b\",\"c\":{\"a\":\"other\"},\"d\":[1,{\"a\":2}],\"e\":300,\"f\":null,\"g\":true}"
                    .getBytes(UTF_8)))
        .isEqualTo(Map.of("a", "b", "e", "300"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "\"a\"", "{\"a\":", "{a:1}", "<html>"})
  void whatIsNoObjectHasNone(String text) {
    assertThat(Members.of(text.getBytes(UTF_8))).isEmpty();
  }
}
