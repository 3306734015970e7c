package dev.cofferdam.protocol.log;

/** Where the hashes of complete subtrees are found. */
@FunctionalInterface
public interface Nodes {
  /**
   * The hash of {@code node}, which lies wholly within the tree.
   *
   * @throws IllegalStateException when a store that should have it has not
   */
  Hash hash(Node node);
}
