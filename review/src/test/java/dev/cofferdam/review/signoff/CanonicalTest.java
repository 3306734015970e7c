package dev.cofferdam.review.signoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.review.RecordedRun;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class CanonicalTest {
  @Test
  void membersAreSortedAndNothingIsWrittenTwoWays() {
    String json = "{ \"b\" : [ 1, true, { } ], \"€\" : \"\\u20ac\\u001F\\/\", \"a\" : [] }";

    assertThat(new String(Canonical.bytes(Canonical.parse(json)), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":[],\"b\":[1,true,{}],\"€\":\"€\\u001f/\"}");
  }

  @Test
  void whatHasNoOneFormIsRefused() {
    assertThatThrownBy(() -> Canonical.bytes(Canonical.parse("[1.5]")))
        .hasMessageContaining("stands in no sign-off");
    assertThatThrownBy(() -> Canonical.bytes(Canonical.parse("[9007199254740992]")))
        .hasMessageContaining("stands in no sign-off");
    assertThatThrownBy(() -> Canonical.parse("{\"a\":1,\"a\":2}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Canonical.parse("{} {}")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSignOffIsReadBackAsItWas() {
    SignOff signOff = new RecordedRun().surviving("ISO-04").signOff();

    SignOff read =
        Canonical.read(Canonical.parse(Canonical.pretty(Canonical.tree(signOff))), SignOff.class);

    assertThat(read).isEqualTo(signOff);
    assertThat(Canonical.digest(read)).isEqualTo(Canonical.digest(signOff));
  }

  @Test
  void aMemberMoreOrLessIsRefused() {
    String json = Canonical.pretty(Canonical.tree(new RecordedRun().only("ISO-04").signOff()));

    assertRefused(json.replaceFirst("\"format\"", "\"colour\" : \"green\", \"format\""));
    assertRefused(json.replaceFirst("\"millis\" : 200000,", ""));
    assertRefused(json.replaceFirst("cofferdam-sign-off-4", "cofferdam-sign-off-3"));
  }

  private static void assertRefused(String json) {
    assertThatThrownBy(() -> Canonical.read(Canonical.parse(json), SignOff.class))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
