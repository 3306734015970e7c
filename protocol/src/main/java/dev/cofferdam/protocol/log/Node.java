package dev.cofferdam.protocol.log;

/**
 * The place of a complete subtree: the leaves from {@code index << level} on, {@code 1 << level} of
 * them.
 *
 * @param level 0 for leaves
 * @param index among the nodes of its level, from 0
 */
public record Node(int level, long index) {
  public Node {
    if (level < 0 || level > 62 || index < 0 || index > Long.MAX_VALUE >> level) {
      throw new IllegalArgumentException("no node " + index + " at level " + level);
    }
  }

  /** The first leaf below this node. */
  public long firstLeaf() {
    return index << level;
  }

  /** The leaf after the last one below this node. */
  public long endLeaf() {
    return (index + 1) << level;
  }
}
