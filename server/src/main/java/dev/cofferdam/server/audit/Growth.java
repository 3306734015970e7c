package dev.cofferdam.server.audit;

import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.InclusionProof;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Node;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.server.audit.store.Head;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one batch adds to one log, computed and signed: nothing of it is true before it is stored.
 * Immutable once made, so that many waiters can take their receipts from it.
 */
final class Growth {
  private final LogId log;
  private final Head before;
  private final Head after;
  private final List<Draft> drafts;
  private final List<Hash> leaves;
  private final List<Map.Entry<Node, Hash>> tileNodes;
  private final Map<Node, Hash> nodes;
  private final Note note;

  private Growth(
      LogId log,
      Head before,
      Head after,
      List<Draft> drafts,
      List<Hash> leaves,
      List<Map.Entry<Node, Hash>> tileNodes,
      Map<Node, Hash> nodes,
      Note note) {
    this.log = log;
    this.before = before;
    this.after = after;
    this.drafts = drafts;
    this.leaves = leaves;
    this.tileNodes = tileNodes;
    this.nodes = nodes;
    this.note = note;
  }

  /** Grows the tree of {@code before} by these records, and signs what it comes to. */
  static Growth of(LogId log, Head before, List<Draft> drafts, CheckpointKey key) {
    Frontier tree = before.tree();
    Map<Node, Hash> nodes = new HashMap<>(4 * drafts.size() + 64);
    keepSubtrees(tree, nodes);
    List<Hash> leaves = new ArrayList<>(drafts.size());
    List<Map.Entry<Node, Hash>> tileNodes = new ArrayList<>();
    for (Draft draft : drafts) {
      Hash leaf = Merkle.leaf(draft.record());
      leaves.add(leaf);
      tree.append(
          leaf,
          (node, hash) -> {
            nodes.put(node, hash);
            if (node.level() > 0 && node.level() % AppendArrays.TILE_HEIGHT == 0) {
              tileNodes.add(Map.entry(node, hash));
            }
          });
    }
    Checkpoint checkpoint = new Checkpoint(before.origin(), tree.size(), tree.root());
    Note.Signature signature = key.sign(checkpoint);
    Head after =
        new Head(before.origin(), tree.size(), bytes(tree.subtrees()), signature.content());
    Note note = new Note(checkpoint.text(), List.of(signature));
    return new Growth(log, before, after, List.copyOf(drafts), leaves, tileNodes, nodes, note);
  }

  /** A proof of a new leaf needs of the old tree nothing but its largest complete subtrees. */
  private static void keepSubtrees(Frontier tree, Map<Node, Hash> nodes) {
    long at = 0;
    for (Hash subtree : tree.subtrees()) {
      int level = Long.SIZE - 1 - Long.numberOfLeadingZeros(tree.size() - at);
      nodes.put(new Node(level, at >> level), subtree);
      at += 1L << level;
    }
  }

  private static byte[] bytes(List<Hash> hashes) {
    byte[] bytes = new byte[hashes.size() * Hash.LENGTH];
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(bytes, i * Hash.LENGTH);
    }
    return bytes;
  }

  LogId log() {
    return log;
  }

  Head before() {
    return before;
  }

  Head after() {
    return after;
  }

  /** What is added, in the order of the log. */
  List<Draft> drafts() {
    return drafts;
  }

  /** The hash of each of {@link #drafts}. */
  List<Hash> leaves() {
    return leaves;
  }

  /** The complete subtrees that tiles above level 0 hold. */
  List<Map.Entry<Node, Hash>> tileNodes() {
    return tileNodes;
  }

  /** The receipt of one of {@link #drafts}, by its place among them. */
  Receipted receipt(int position) {
    long index = before.size() + position;
    InclusionProof proof =
        InclusionProof.of(
            index,
            after.size(),
            node -> {
              Hash hash = nodes.get(node);
              if (hash == null) {
                throw new IllegalStateException(node + " is not among what was added");
              }
              return hash;
            });
    return new Receipted(log, drafts.get(position).id(), new Receipt(index, proof.path(), note));
  }
}
