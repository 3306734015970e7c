package dev.cofferdam.protocol.log;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A tree that only grows, held as the hashes of its largest complete subtrees from left to right:
 * one for each bit of its size. Enough to append to it and to know its root, in memory that grows
 * with the logarithm of its size.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Frontier {
  private final List<Hash> subtrees;
  private long size;

  /** The tree without leaves. */
  public Frontier() {
    this(0, List.of());
  }

  /**
   * The tree of {@code size} leaves whose largest complete subtrees have these hashes, the largest
   * first.
   *
   * @throws IllegalArgumentException when a tree of this size has another number of them
   */
  public Frontier(long size, List<Hash> subtrees) {
    if (size < 0 || subtrees.size() != Long.bitCount(size)) {
      throw new IllegalArgumentException(
          "a tree of " + size + " leaves has another number of subtrees than " + subtrees.size());
    }
    this.size = size;
    this.subtrees = new ArrayList<>(subtrees);
  }

  /** The tree of the first {@code size} leaves of the one that {@code nodes} holds. */
  public static Frontier of(long size, Nodes nodes) {
    List<Hash> subtrees = new ArrayList<>();
    for (Node node : Cover.of(0, size)) {
      subtrees.add(nodes.hash(node));
    }
    return new Frontier(size, subtrees);
  }

  /** The number of leaves. */
  public long size() {
    return size;
  }

  /** The hashes of the largest complete subtrees, the largest first. */
  public List<Hash> subtrees() {
    return List.copyOf(subtrees);
  }

  /** Appends a leaf by its hash. */
  public void append(Hash leaf) {
    append(leaf, (node, hash) -> {});
  }

  /**
   * Appends a leaf by its hash, and tells {@code completed} of every subtree that is complete with
   * it.
   */
  public void append(Hash leaf, BiConsumer<Node, Hash> completed) {
    Hash hash = leaf;
    int level = 0;
    completed.accept(new Node(0, size), hash);
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      hash = Merkle.node(subtrees.removeLast(), hash);
      level++;
      completed.accept(new Node(level, size >> level), hash);
    }
    subtrees.add(hash);
    size++;
  }

  /** The root of the tree (RFC 9162 section 2.1.1). */
  public Hash root() {
    return subtrees.reversed().stream()
        .reduce((right, left) -> Merkle.node(left, right))
        .orElse(Merkle.EMPTY_ROOT);
  }
}
