package dev.cofferdam.protocol.log;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * That a record stands in a log, to be checked offline: its index, the way to the root, and the
 * signed checkpoint. The text form is C2SP tlog-proof, without extra data.
 *
 * @param index of the record in the log
 * @param path of the inclusion proof, the lowest hash first
 * @param note the signed checkpoint, with whatever cosignatures it has
 */
public record Receipt(long index, List<Hash> path, Note note) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1\n";
  private static final String INDEX = "index ";
  private static final int DEEPEST = 63;

  public Receipt {
    if (index < 0 || path.size() > DEEPEST) {
      throw new IllegalArgumentException("no leaf " + index + " with " + path.size() + " hashes");
    }
    path = List.copyOf(path);
  }

  /** What a receipt is worth to whoever trusts a log's key. */
  public sealed interface Check {
    /** The log committed to this record in {@code checkpoint}. */
    record Included(Checkpoint checkpoint) implements Check {}

    /** The signature is not by the log's key. */
    record NotSigned() implements Check {}

    /** The checkpoint is that of another log. */
    record OtherLog(String origin) implements Check {}

    /** The log did commit to a tree, and this record does not stand in it at this index. */
    record NotIncluded() implements Check {}
  }

  /**
   * Checks that the log with this origin and key committed to {@code record}.
   *
   * @throws IllegalArgumentException when the note holds no checkpoint
   */
  public Check check(byte[] record, String origin, NoteKey key, NoteKey.Ed25519Verify verifier) {
    if (!(key.check(note, verifier) instanceof NoteKey.Check.Signed)) {
      return new Check.NotSigned();
    }
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    if (!checkpoint.origin().equals(origin)) {
      return new Check.OtherLog(checkpoint.origin());
    }
    boolean included =
        index < checkpoint.size()
            && new InclusionProof(index, checkpoint.size(), path)
                .proves(Merkle.leaf(record), checkpoint.root());
    return included ? new Check.Included(checkpoint) : new Check.NotIncluded();
  }

  /**
   * The receipt with this text form.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Receipt parse(String text) {
    int blank = text.indexOf("\n\n");
    if (!text.startsWith(HEADER + INDEX) || blank < 0) {
      throw new IllegalArgumentException("not a receipt");
    }
    List<String> lines = text.substring(HEADER.length(), blank).lines().toList();
    String index = lines.getFirst().substring(INDEX.length());
    if (!index.matches("0|[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("`" + index + "` is not an index");
    }
    List<Hash> path = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      path.add(Hash.of(Base64.getDecoder().decode(line)));
    }
    Note note = Note.parse(text.substring(blank + 2));
    Receipt receipt = new Receipt(Long.parseLong(index), path, note);
    if (!receipt.toString().equals(text)) {
      throw new IllegalArgumentException("not a receipt as it is written");
    }
    return receipt;
  }

  /** The text form. */
  @Override
  public String toString() {
    var text = new StringBuilder(HEADER).append(INDEX).append(index).append('\n');
    path.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n').append(note).toString();
  }
}
