package dev.cofferdam.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderFieldsTest {

  @Test
  void anIdempotencyKeyIsReadInQuotesAndBare() {
    assertThat(IdempotencyKey.ofHeader("\"a-1\""))
        .isEqualTo(IdempotencyKey.ofHeader("a-1"))
        .contains(new IdempotencyKey("a-1"));
    assertThat(IdempotencyKey.ofHeader("k".repeat(128))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"", "\"\"", "two words", "a\"b", "a\\b", "ключ", "a\u0001"})
  void anythingElseIsNoIdempotencyKey(String field) {
    assertThat(IdempotencyKey.ofHeader(field)).isEmpty();
    assertThat(IdempotencyKey.ofHeader("k".repeat(129))).isEmpty();
  }

  @Test
  void ifMatchListsStrongTags() {
    IfMatch read = IfMatch.ofHeader(" \"7\", \"a,b\"").orElseThrow();

    assertThat(read.tags()).isEqualTo(List.of(new ETag("7"), new ETag("a,b")));
    assertThat(read.matches(ETag.ofVersion(7))).isTrue();
    assertThat(read.matches(ETag.ofVersion(8))).isFalse();
    assertThat(ETag.ofVersion(7)).hasToString("\"7\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "7", "W/\"7\"", "\"7", "\"7\",", "\"7\" \"8\"", "\"\"", ","})
  void anythingElseIsNoIfMatch(String field) {
    assertThat(IfMatch.ofHeader(field)).isEqualTo(Optional.empty());
  }

  @Test
  void aListOfTagsHasAnEnd() {
    assertThat(IfMatch.ofHeader("\"1\",".repeat(10) + "\"1\"")).isEmpty();
  }
}
