package dev.cofferdam.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of which one part is written by the measurement, and the rest by hand. */
record Page(Path file) {
  private static final String BEGIN = "<!-- measured: begin -->\n";
  private static final String END = "<!-- measured: end -->\n";

  /**
   * Puts {@code text} between the page's marks.
   *
   * @throws IOException when the page is missing, or its marks are
   */
  void replaceMeasured(String text) throws IOException {
    String page = Files.readString(file);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException("`" + file + "` has no marks between which to write");
    }
    Files.writeString(
        file, page.substring(0, begin) + BEGIN + "\n" + text + "\n" + page.substring(end));
  }
}
