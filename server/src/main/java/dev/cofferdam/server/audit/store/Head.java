package dev.cofferdam.server.audit.store;

import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.Note;
import java.util.ArrayList;
import java.util.List;

/**
 * What a log has come to.
 *
 * @param origin the log's name in its checkpoints
 * @param frontier the hashes of the largest complete subtrees, the largest first, end to end
 * @param signature of the checkpoint: the key's id in four bytes, and what the key signed
 */
public record Head(String origin, long size, byte[] frontier, byte[] signature) {
  /** The tree, to be grown. */
  public Frontier tree() {
    List<Hash> subtrees = new ArrayList<>();
    for (int at = 0; at < frontier.length; at += Hash.LENGTH) {
      subtrees.add(Hash.at(frontier, at));
    }
    return new Frontier(size, subtrees);
  }

  /** What the log commits to. */
  public Checkpoint checkpoint() {
    return new Checkpoint(origin, size, tree().root());
  }

  /** The same, signed. */
  public Note note() {
    return new Note(checkpoint().text(), List.of(new Note.Signature(origin, signature)));
  }
}
