package dev.cofferdam.protocol.log;

import java.util.ArrayList;
import java.util.List;

/**
 * The definitions of RFC 9162 section 2.1, written down as they stand there: the oracle of the
 * property tests.
 */
final class NaiveTree {
  private NaiveTree() {}

  static Hash root(List<byte[]> leaves) {
    if (leaves.isEmpty()) {
      return Merkle.EMPTY_ROOT;
    }
    if (leaves.size() == 1) {
      return Merkle.leaf(leaves.getFirst());
    }
    int split = split(leaves.size());
    return Merkle.node(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
  }

  static List<Hash> path(int index, List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return List.of();
    }
    int split = split(leaves.size());
    List<byte[]> left = leaves.subList(0, split);
    List<byte[]> right = leaves.subList(split, leaves.size());
    return index < split
        ? with(path(index, left), root(right))
        : with(path(index - split, right), root(left));
  }

  static List<Hash> proof(int first, List<byte[]> leaves) {
    return first == 0 ? List.of() : subproof(first, leaves, true);
  }

  private static List<Hash> subproof(int first, List<byte[]> leaves, boolean whole) {
    if (first == leaves.size()) {
      return whole ? List.of() : List.of(root(leaves));
    }
    int split = split(leaves.size());
    List<byte[]> left = leaves.subList(0, split);
    List<byte[]> right = leaves.subList(split, leaves.size());
    return first <= split
        ? with(subproof(first, left, whole), root(right))
        : with(subproof(first - split, right, false), root(left));
  }

  private static int split(int size) {
    int split = 1;
    while (split * 2 < size) {
      split *= 2;
    }
    return split;
  }

  private static List<Hash> with(List<Hash> path, Hash last) {
    List<Hash> longer = new ArrayList<>(path);
    longer.add(last);
    return longer;
  }
}
