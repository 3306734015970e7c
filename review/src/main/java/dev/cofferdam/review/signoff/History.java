package dev.cofferdam.review.signoff;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What whole runs came to, one after the other, in a file beside the sign-offs that is only ever
 * appended to. Each line carries the hash of the one before it, so that a line which was changed,
 * taken out or put in between is found; that the last ones were cut off is not.
 */
public final class History {
  private final Path file;
  private final List<Point> points;
  private final String last;

  private History(Path file, List<Point> points, String last) {
    this.file = file;
    this.points = List.copyOf(points);
    this.last = last;
  }

  /**
   * A line.
   *
   * @param before SHA-256 in hex of the line before it; empty for the first
   */
  private record Line(String before, Point point) {}

  /**
   * The history in {@code file}; empty where there is none.
   *
   * @throws IOException also when a line does not follow from the one before it
   */
  public static History of(Path file) throws IOException {
    List<Point> points = new ArrayList<>();
    String last = "";
    if (Files.exists(file)) {
      for (String text : Files.readAllLines(file)) {
        Line line = read(file, text, points.size() + 1);
        if (!line.before().equals(last)) {
          throw new IOException(
              "Line %d of `%s` does not follow from the one before it: somebody has changed the history. Keep the file for whoever looks into it, and begin another."
                  .formatted(points.size() + 1, file));
        }
        points.add(line.point());
        last = Subject.sha256(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    return new History(file, points, last);
  }

  private static Line read(Path file, String text, int number) throws IOException {
    try {
      return Canonical.read(Canonical.parse(text), Line.class);
    } catch (IllegalArgumentException broken) {
      throw new IOException(
          "Line " + number + " of `" + file + "` is not one of a history: " + broken.getMessage(),
          broken);
    }
  }

  /** Whole runs, the oldest first. */
  public List<Point> points() {
    return points;
  }

  /** Appends a whole run; of another nothing is kept, as it would look like a change. */
  public void append(SignOff signOff) throws IOException {
    if (signOff.run().only().isEmpty()) {
      String line =
          new String(Canonical.bytes(new Line(last, Point.of(signOff))), StandardCharsets.UTF_8);
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }
}
