package dev.cofferdam.node.verify;

import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Node;
import dev.cofferdam.protocol.log.Tile;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * One walk over all entries of a log, from the first to the last, that hashes each again and
 * compares what follows with what was stored and what was kept. Memory does not grow with the log.
 */
final class History {
  private final LogDirectory log;
  private final List<LogDirectory> copies;
  private final Map<Long, List<Milestone>> milestones;
  private final LongConsumer progress;

  private final Frontier tree = new Frontier();
  private final TileAssembly hashes = new TileAssembly(this::compareHashes);
  private long agreed;

  /**
   * A signed root that the tree must have on its way.
   *
   * @param source what it was found in, for people
   */
  record Milestone(Checkpoint checkpoint, String source) {}

  /**
   * @param milestones in any order
   * @param progress is told the number of entries done, after each tile
   */
  History(
      LogDirectory log,
      List<LogDirectory> copies,
      List<Milestone> milestones,
      LongConsumer progress) {
    this.log = log;
    this.copies = List.copyOf(copies);
    this.milestones =
        milestones.stream().collect(Collectors.groupingBy(it -> it.checkpoint().size()));
    this.progress = progress;
  }

  /** What is wrong with the first {@code size} entries; empty when nothing is. */
  Optional<Verdict> walk(long size) throws IOException {
    Optional<Verdict> wrong = passMilestone();
    while (wrong.isEmpty() && tree.size() < size) {
      wrong = walk(Tile.ofEntry(tree.size(), size));
      progress.accept(tree.size());
    }
    return wrong.isPresent() ? wrong : hashes.finish();
  }

  private Optional<Verdict> walk(Tile tile) throws IOException {
    List<byte[]> entries;
    try {
      Optional<List<byte[]>> found = log.entries(tile);
      if (found.isEmpty()) {
        return tampered("`" + tile.path() + "` is missing", tree.size());
      }
      entries = found.get();
    } catch (IllegalArgumentException e) {
      return tampered(String.valueOf(e.getMessage()), tree.size());
    }
    // The exact comparisons first: a root that does not agree says only that something before it
    // differs.
    List<Hash> leaves = entries.stream().map(Merkle::leaf).toList();
    Optional<Verdict> wrong = compareEntries(tile, entries, leaves);
    for (int position = 0; position < tile.width() && wrong.isEmpty(); position++) {
      wrong = append(leaves.get(position));
    }
    return wrong;
  }

  private Optional<Verdict> compareEntries(Tile tile, List<byte[]> entries, List<Hash> leaves)
      throws IOException {
    Tile hashes = new Tile(Tile.Kind.HASHES, 0, tile.index(), tile.width());
    Optional<byte[]> stored = log.hashes(hashes);
    if (stored.isPresent()) {
      for (int position = 0; position < tile.width(); position++) {
        Hash hash = Hash.at(stored.get(), position * Hash.LENGTH);
        if (!hash.equals(leaves.get(position))) {
          return tampered(
              "an entry is not the one that its hash was made of", hashes.node(position).index());
        }
      }
    }
    for (LogDirectory copy : copies) {
      Optional<List<byte[]>> others = copy.entries(tile);
      for (int position = 0; others.isPresent() && position < tile.width(); position++) {
        if (!Arrays.equals(entries.get(position), others.get().get(position))) {
          return tampered("an entry differs from the copy `" + copy + "`", tree.size() + position);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Verdict> append(Hash leaf) throws IOException {
    Map<Node, Hash> completed = new LinkedHashMap<>();
    tree.append(leaf, completed::put);
    Optional<Verdict> wrong = Optional.empty();
    for (Map.Entry<Node, Hash> node : completed.entrySet()) {
      wrong = wrong.isPresent() ? wrong : hashes.add(node.getKey(), node.getValue());
    }
    return wrong.isPresent() ? wrong : passMilestone();
  }

  private Optional<Verdict> passMilestone() {
    for (Milestone milestone : milestones.getOrDefault(tree.size(), List.of())) {
      if (!milestone.checkpoint().root().equals(tree.root())) {
        long last = Math.max(0, tree.size() - 1);
        return Optional.of(
            new Verdict.Tampered(
                "the entries do not give the root in " + milestone.source(),
                Math.min(agreed, last),
                last));
      }
      agreed = tree.size();
    }
    return Optional.empty();
  }

  private Optional<Verdict> compareHashes(Tile tile, byte[] computed) throws IOException {
    Optional<byte[]> stored = log.hashes(tile);
    int differs =
        stored
            .map(bytes -> Arrays.mismatch(computed, 0, computed.length, bytes, 0, computed.length))
            .orElse(0);
    if (differs < 0) {
      return Optional.empty();
    }
    Node node = tile.node(differs / Hash.LENGTH);
    String what = stored.isPresent() ? "does not follow from the entries" : "is missing or cut";
    return Optional.of(
        new Verdict.Tampered(
            "`" + tile.path() + "` " + what, node.firstLeaf(), node.endLeaf() - 1));
  }

  private static Optional<Verdict> tampered(String what, long index) {
    return Optional.of(new Verdict.Tampered(what, index, index));
  }
}
