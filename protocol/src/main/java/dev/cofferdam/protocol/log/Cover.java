package dev.cofferdam.protocol.log;

import java.util.ArrayList;
import java.util.List;

/** Ranges of leaves as complete subtrees. */
final class Cover {
  private Cover() {}

  /**
   * The complete subtrees, from left to right, that together are the tree over the leaves from
   * {@code begin} to before {@code end}, where {@code begin} is where a subtree of that many leaves
   * may begin (RFC 9162 section 2.1.1).
   */
  static List<Node> of(long begin, long end) {
    List<Node> cover = new ArrayList<>();
    long at = begin;
    while (at < end) {
      int level = Long.SIZE - 1 - Long.numberOfLeadingZeros(end - at);
      cover.add(new Node(level, at >> level));
      at += 1L << level;
    }
    return cover;
  }

  /** The hash over the leaves from {@code begin} to before {@code end}. */
  static Hash hash(long begin, long end, Nodes nodes) {
    return of(begin, end).reversed().stream()
        .map(nodes::hash)
        .reduce((right, left) -> Merkle.node(left, right))
        .orElse(Merkle.EMPTY_ROOT);
  }

  /**
   * The largest power of two smaller than {@code leaves}: where RFC 9162 splits a tree of more than
   * one leaf.
   */
  static long split(long leaves) {
    return Long.highestOneBit(leaves - 1);
  }
}
