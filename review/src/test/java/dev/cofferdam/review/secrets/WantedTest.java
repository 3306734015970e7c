package dev.cofferdam.review.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class WantedTest {
  private static final byte[] KEY = random(32);
  private static final String TEXT = "\"é\n of a secret";

  private final Wanted wanted = new Wanted().and("the key", KEY).and("the text", TEXT);

  @Test
  void bytesAreFoundAsTheyAreAndInHex() {
    assertThat(wanted.in(between(KEY))).containsExactly("the key");
    for (HexFormat hex : new HexFormat[] {HexFormat.of(), HexFormat.of().withUpperCase()}) {
      assertThat(wanted.in(between(hex.formatHex(KEY).getBytes(US_ASCII))))
          .containsExactly("the key");
    }
  }

  @Test
  void bytesAreFoundInBase64WhateverStandsAroundThem() {
    for (int before = 0; before < 4; before++) {
      for (int after = 0; after < 4; after++) {
        byte[] all = new byte[before + KEY.length + after];
        new Random(before).nextBytes(all);
        System.arraycopy(KEY, 0, all, before, KEY.length);
        for (Base64.Encoder encoder :
            new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
          assertThat(wanted.in(encoder.encode(all)))
              .as("%d before and %d after", before, after)
              .containsExactly("the key");
        }
      }
    }
  }

  @Test
  void aTextIsFoundInJson() {
    String json = JsonMapper.shared().writeValueAsString(Map.of("note", TEXT));

    assertThat(json).doesNotContain(TEXT);
    assertThat(wanted.in(json.getBytes(UTF_8))).containsExactly("the text");
    assertThat(wanted.in("{\"note\":\"\\\"\\u00E9\\n of a secret\"}".getBytes(UTF_8)))
        .containsExactly("the text");
  }

  @Test
  void allThatIsThereIsFoundAndNothingElse() {
    byte[] both = (HexFormat.of().formatHex(KEY) + TEXT).getBytes(UTF_8);

    assertThat(wanted.in(both)).containsExactly("the key", "the text");
    assertThat(wanted.in(between(random(31)))).isEmpty();
    byte[] cut = HexFormat.of().formatHex(KEY).substring(1).getBytes(US_ASCII);
    assertThat(wanted.in(cut)).isEmpty();
    assertThat(wanted.in(new byte[0])).isEmpty();
  }

  @Test
  void whatWouldBeFoundByChanceIsNotLookedFor() {
    assertThatThrownBy(() -> new Wanted().and("a word", "short"))
        .hasMessage("a word would be found by chance");
  }

  private static byte[] between(byte[] bytes) {
    byte[] all = new byte[bytes.length + 2];
    System.arraycopy(bytes, 0, all, 1, bytes.length);
    return all;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
