package dev.cofferdam.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void membersAreOrderedByCodeUnitsAndControlCharactersEscapedAsTheRfcSays() {
    Json value =
        new Json.Members(
            Map.of(
                "\u20ac", new Json.Text("Euro Sign"),
                "\r", new Json.Text("Carriage Return"),
                "1", new Json.Text("One"),
                "\ud83d\ude00", new Json.Text("\u000f\n\"\\"),
                "\ufb33", new Json.Int(-7),
                "\u00f6", new Json.Members(Map.of())));

    assertThat(new String(JsonWriter.write(value), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u00f6\":{},\"\u20ac\":\"Euro Sign\","
                + "\"\ud83d\ude00\":\"\\u000f\\n\\\"\\\\\",\"\ufb33\":-7}");
  }

  @Property
  void whatIsWrittenIsReadAgain(@ForAll("values") Json value) {
    assertThat(JsonReader.read(JsonWriter.write(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " {}",
        "{} ",
        "{\"b\":1,\"a\":1}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":01}",
        "{\"a\":-0}",
        "{\"a\":1.0}",
        "{\"a\":1e3}",
        "{\"a\":null}",
        "{\"a\":true}",
        "{\"a\":[]}",
        "{\"a\":\"\\u0041\"}",
        "{\"a\":\"\\u000F\"}",
        "{\"a\":\"\\/\"}",
        "{\"a\":\"\u0001\"}",
        "{\"a\":9007199254740992}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":1,}",
        "{\"a\" :1}",
        "{\"a\":\"x",
        "{\"a\":\"\\u00",
        "{\"a\":\u0663}",
        "{a:1}",
        "\ufeff{}",
        "{\"a\":--1}",
        "{\"a\":-}",
        "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}}"
      })
  void whatIsNotCanonicalIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Property
  void anyBytesAreReadOrRefusedAndNothingElse(@ForAll byte[] bytes) {
    try {
      assertThat(JsonWriter.write(JsonReader.read(bytes))).isEqualTo(bytes);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageStartingWith("");
    }
  }

  @Provide
  Arbitrary<Json> values() {
    Arbitrary<String> names =
        Arbitraries.strings().ofMaxLength(12).filter(JsonTest::wholeCharacters);
    Arbitrary<Json> leaves =
        Arbitraries.oneOf(
            names.map(Json.Text::new),
            Arbitraries.longs().between(-Json.LARGEST, Json.LARGEST).map(Json.Int::new));
    return Arbitraries.lazyOf(
        () -> leaves,
        () ->
            Arbitraries.maps(names, leaves)
                .ofMaxSize(5)
                .map(members -> (Json) new Json.Members(members)));
  }

  private static boolean wholeCharacters(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
