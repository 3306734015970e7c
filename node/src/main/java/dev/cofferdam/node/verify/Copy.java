package dev.cofferdam.node.verify;

import java.nio.file.Path;

/**
 * A further copy of a log, out of reach of whoever keeps the one that is verified.
 *
 * @param kind how it came about, for people
 */
public record Copy(Kind kind, Path directory) {

  /** Where a copy of a log comes from. */
  public enum Kind {
    /** The server wrote it as it went along. */
    MIRROR("mirror"),
    /** It was exported from the database. */
    EXPORT("database export");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  @Override
  public String toString() {
    return kind.words() + " `" + directory + "`";
  }
}
