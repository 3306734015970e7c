package dev.cofferdam.protocol.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * That a leaf stands at an index of a tree (RFC 9162 section 2.1.3).
 *
 * @param index of the leaf, from 0
 * @param size of the tree, in leaves
 * @param path hashes beside the way from the leaf to the root, the lowest first
 */
public record InclusionProof(long index, long size, List<Hash> path) {
  public InclusionProof {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
    }
    path = List.copyOf(path);
  }

  /** The proof for the leaf at {@code index} in the tree of the first {@code size} leaves. */
  public static InclusionProof of(long index, long size, Nodes nodes) {
    List<Hash> fromRoot = new ArrayList<>();
    long begin = 0;
    long end = size;
    while (end - begin > 1) {
      long middle = begin + Cover.split(end - begin);
      if (index < middle) {
        fromRoot.add(Cover.hash(middle, end, nodes));
        end = middle;
      } else {
        fromRoot.add(Cover.hash(begin, middle, nodes));
        begin = middle;
      }
    }
    return new InclusionProof(index, size, fromRoot.reversed());
  }

  /**
   * The root of the tree that has {@code leaf} at this proof's index, or empty when the path is not
   * as long as such a proof must be. Whoever trusts a root compares it with this one.
   */
  public Optional<Hash> root(Hash leaf) {
    Hash root = leaf;
    long here = index;
    long last = size - 1;
    for (Hash beside : path) {
      if (last == 0) {
        return Optional.empty();
      }
      if ((here & 1) == 1 || here == last) {
        root = Merkle.node(beside, root);
        while ((here & 1) == 0 && here != 0) {
          here >>= 1;
          last >>= 1;
        }
      } else {
        root = Merkle.node(root, beside);
      }
      here >>= 1;
      last >>= 1;
    }
    return last == 0 ? Optional.of(root) : Optional.empty();
  }

  /** Whether this proves that {@code leaf} stands at the index of the tree with {@code root}. */
  public boolean proves(Hash leaf, Hash root) {
    return root(leaf).filter(root::equals).isPresent();
  }
}
