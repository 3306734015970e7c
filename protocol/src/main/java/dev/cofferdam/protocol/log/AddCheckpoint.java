package dev.cofferdam.protocol.log;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a log asks a witness: to cosign its newest checkpoint, with the proof that the one which the
 * witness cosigned last is its beginning. The text form is the body of C2SP tlog-witness's {@code
 * add-checkpoint}.
 *
 * @param old size that the witness cosigned last, or 0
 * @param path of the consistency proof from that size, as RFC 9162 orders it; empty from 0
 * @param note the signed checkpoint
 */
public record AddCheckpoint(long old, List<Hash> path, Note note) {
  /** Where it is posted, below the witness's address. */
  public static final String PATH = "/add-checkpoint";

  /** What the content of a refusal that names the witness's own size is called. */
  public static final String SIZE_TYPE = "text/x.tlog.size";

  /** The most bytes that a body may have. */
  public static final int LONGEST = 128 * 1024;

  private static final String OLD = "old ";
  private static final int DEEPEST = 63;

  public AddCheckpoint {
    if (old < 0 || path.size() > DEEPEST) {
      throw new IllegalArgumentException("no proof of " + path.size() + " hashes from " + old);
    }
    path = List.copyOf(path);
  }

  /**
   * The request with this text form.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static AddCheckpoint parse(String text) {
    int blank = text.indexOf("\n\n");
    if (!text.startsWith(OLD) || blank < 0) {
      throw new IllegalArgumentException("not a request to cosign a checkpoint");
    }
    List<String> lines = text.substring(0, blank).lines().toList();
    String old = lines.getFirst().substring(OLD.length());
    if (!old.matches("0|[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("`" + old + "` is not a size");
    }
    List<Hash> path = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      path.add(Hash.of(Base64.getDecoder().decode(line)));
    }
    return new AddCheckpoint(Long.parseLong(old), path, Note.parse(text.substring(blank + 2)));
  }

  /** The text form. */
  @Override
  public String toString() {
    var text = new StringBuilder(OLD).append(old).append('\n');
    path.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n').append(note).toString();
  }
}
