package dev.cofferdam.protocol.log;

import java.util.Base64;
import java.util.List;

/**
 * What a log commits to: its size and its root, as C2SP tlog-checkpoint writes them. Signed, it is
 * a {@link Note}.
 *
 * @param origin which log; no spaces at its ends, no newline
 * @param size in leaves
 */
public record Checkpoint(String origin, long size, Hash root) {
  public Checkpoint {
    if (origin.isBlank() || !origin.equals(origin.strip()) || origin.contains("\n")) {
      throw new IllegalArgumentException("`" + origin + "` cannot be the origin of a log");
    }
    if (size < 0) {
      throw new IllegalArgumentException("a log has no " + size + " leaves");
    }
  }

  /**
   * The checkpoint in the text of a note. Extension lines are refused: we write none, and could not
   * say what they mean.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Checkpoint parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() == 3 && lines.get(1).matches("0|[1-9][0-9]{0,17}")) {
      byte[] root = Base64.getDecoder().decode(lines.get(2));
      Checkpoint checkpoint =
          new Checkpoint(lines.get(0), Long.parseLong(lines.get(1)), Hash.of(root));
      if (checkpoint.text().equals(text)) {
        return checkpoint;
      }
    }
    throw new IllegalArgumentException("not a checkpoint");
  }

  /** The text to sign. */
  public String text() {
    return origin + "\n" + size + "\n" + root.base64() + "\n";
  }
}
