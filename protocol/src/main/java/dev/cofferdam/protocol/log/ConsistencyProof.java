package dev.cofferdam.protocol.log;

import java.util.ArrayList;
import java.util.List;

/**
 * That a tree is the beginning of a larger one (RFC 9162 section 2.1.4).
 *
 * @param first size of the smaller tree, in leaves
 * @param second size of the larger tree; may equal the first
 * @param path hashes as the RFC orders them; empty when the smaller tree is empty or the sizes are
 *     equal
 */
public record ConsistencyProof(long first, long second, List<Hash> path) {
  public ConsistencyProof {
    if (first < 0 || first > second) {
      throw new IllegalArgumentException("a tree does not grow from " + first + " to " + second);
    }
    path = List.copyOf(path);
  }

  /**
   * The proof between the trees of the first {@code first} and of the first {@code second} leaves.
   */
  public static ConsistencyProof of(long first, long second, Nodes nodes) {
    List<Hash> fromRoot = new ArrayList<>();
    if (first > 0) {
      long begin = 0;
      long end = second;
      while (first != end) {
        long middle = begin + Cover.split(end - begin);
        if (first <= middle) {
          fromRoot.add(Cover.hash(middle, end, nodes));
          end = middle;
        } else {
          fromRoot.add(Cover.hash(begin, middle, nodes));
          begin = middle;
        }
      }
      if (begin > 0) {
        fromRoot.add(Cover.hash(begin, end, nodes));
      }
    }
    return new ConsistencyProof(first, second, fromRoot.reversed());
  }

  /**
   * Whether this proves that the tree with {@code firstRoot} is the beginning of the one with
   * {@code secondRoot}.
   */
  public boolean proves(Hash firstRoot, Hash secondRoot) {
    if (first == second) {
      return path.isEmpty() && firstRoot.equals(secondRoot);
    }
    if (first == 0) {
      return path.isEmpty() && firstRoot.equals(Merkle.EMPTY_ROOT);
    }
    List<Hash> hashes = new ArrayList<>(path);
    if (Long.bitCount(first) == 1) {
      hashes.addFirst(firstRoot);
    }
    if (hashes.isEmpty()) {
      return false;
    }
    return climb(hashes, firstRoot, secondRoot);
  }

  private boolean climb(List<Hash> hashes, Hash firstRoot, Hash secondRoot) {
    long here = first - 1;
    long last = second - 1;
    while ((here & 1) == 1) {
      here >>= 1;
      last >>= 1;
    }
    Hash small = hashes.getFirst();
    Hash large = hashes.getFirst();
    for (Hash beside : hashes.subList(1, hashes.size())) {
      if (last == 0) {
        return false;
      }
      if ((here & 1) == 1 || here == last) {
        small = Merkle.node(beside, small);
        large = Merkle.node(beside, large);
        while ((here & 1) == 0 && here != 0) {
          here >>= 1;
          last >>= 1;
        }
      } else {
        large = Merkle.node(large, beside);
      }
      here >>= 1;
      last >>= 1;
    }
    return last == 0 && small.equals(firstRoot) && large.equals(secondRoot);
  }
}
