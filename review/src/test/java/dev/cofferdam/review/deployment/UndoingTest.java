package dev.cofferdam.review.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UndoingTest {
  private final Undoing undoing = new Undoing();
  private final List<String> undone = new ArrayList<>();

  @Test
  void everythingIsTakenAwayOnceTheLastFirstAndWhatCannotBeIsTold() {
    undoing.before("a first", () -> done("first"));
    undoing.before(
        "a second",
        () -> {
          throw new IOException("gone");
        });
    undoing.before(
        "a third",
        () -> {
          undone.add("third");
          return List.of("half of it");
        });

    assertThat(undoing.undo()).containsExactly("half of it", "a second: gone");
    assertThat(undone).containsExactly("third", "first");
    assertThat(undoing.undo()).containsExactly("half of it", "a second: gone");
    assertThat(undone).hasSize(2);
  }

  private List<String> done(String what) {
    undone.add(what);
    return List.of();
  }
}
