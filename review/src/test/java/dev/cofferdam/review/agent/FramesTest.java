package dev.cofferdam.review.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FramesTest {
  @Test
  void whatIsWrittenIsRead() {
    List<String> texts = Arrays.asList("", null, "Ψ \0 '", "x".repeat(100_000));

    assertThat(Frames.read(Frames.write(texts))).isEqualTo(texts);
  }

  @Test
  void aTornMessageIsRefused() {
    byte[] whole = Frames.write(List.of("canary"));

    assertThatThrownBy(() -> Frames.read(Arrays.copyOf(whole, whole.length - 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Frames.read(new byte[] {0, 0})).hasMessageContaining("torn");
  }
}
