package dev.cofferdam.review.signoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.review.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
  @TempDir private Path folder;

  @Test
  void wholeRunsAreKeptInTheirOrder() throws IOException {
    Path file = kept();

    List<Point> points = History.of(file).points();
    assertThat(points)
        .extracting(Point::verdict)
        .containsExactly(Conclusion.GOOD, Conclusion.FINDINGS, Conclusion.GOOD);
    assertThat(points.get(1).findings()).isEqualTo(1);
    assertThat(points.get(1).of(Shown.FINDING)).isEqualTo(1);
    assertThat(points.get(0).of(Shown.DEFERRED)).isPositive();
  }

  @Test
  void ofAPartNothingIsKept() throws IOException {
    Path file = folder.resolve("history.jsonl");
    History.of(file).append(new RecordedRun().only("ISO-04").signOff());

    assertThat(file).doesNotExist();
  }

  @Test
  void aLineThatWasChangedTakenOutOrPutInIsFound() throws IOException {
    Path file = kept();
    List<String> lines = Files.readAllLines(file);

    assertRefused(file, List.of(lines.get(0), lines.get(2)), "Line 2");
    assertRefused(file, List.of(lines.get(1), lines.get(2)), "Line 1");
    List<String> mended = new ArrayList<>(lines);
    mended.set(1, lines.get(1).replace("\"findings\":1", "\"findings\":0"));
    assertRefused(file, mended, "Line 3");
    assertRefused(file, List.of(lines.get(0), "{}"), "is not one of a history");
  }

  private static void assertRefused(Path file, List<String> lines, String why) throws IOException {
    Files.write(file, lines);
    assertThatThrownBy(() -> History.of(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  private Path kept() throws IOException {
    Path file = folder.resolve("history.jsonl");
    History.of(file).append(new RecordedRun().signOff());
    History.of(file).append(new RecordedRun().surviving("ISO-04").signOff());
    History.of(file).append(new RecordedRun().signOff());
    return file;
  }
}
