package dev.cofferdam.node.verify;

import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.Node;
import dev.cofferdam.protocol.log.Tile;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One walk over all entries of a log, from the first to the last, that hashes each again and
 * compares what follows with what was stored and what was kept. Memory does not grow with the log.
 */
final class History {
  private final LogDirectory log;
  private final Entries entries;
  private final Map<Long, List<Milestone>> milestones;
  private final Progress progress;

  private final Frontier tree = new Frontier();
  private final TileAssembly hashes = new TileAssembly(this::compareHashes);
  private final Set<Milestone> passed = new HashSet<>();
  private Optional<Verdict> wrong = Optional.empty();
  private long agreed;

  /**
   * @param milestones that the tree must pass on its way, in any order
   */
  History(
      LogDirectory log, List<LogDirectory> copies, List<Milestone> milestones, Progress progress) {
    this.log = log;
    this.entries = new Entries(log, copies);
    this.milestones =
        milestones.stream().collect(Collectors.groupingBy(it -> it.checkpoint().size()));
    this.progress = progress;
  }

  /** What is wrong with the first {@code size} entries; empty when nothing is. */
  Optional<Verdict> walk(long size) throws IOException {
    passMilestone();
    while (wrong.isEmpty() && tree.size() < size) {
      switch (entries.read(Tile.ofEntry(tree.size(), size))) {
        case Entries.Read.Wrong(Verdict.Tampered verdict) -> wrong = Optional.of(verdict);
        case Entries.Read.Agreed(List<Hash> leaves) -> append(leaves);
      }
      progress.at(tree.size(), size);
    }
    return wrong.isPresent() ? wrong : hashes.finish();
  }

  /** Which of the milestones the tree was seen to pass. */
  Set<Milestone> passed() {
    return Set.copyOf(passed);
  }

  private void append(List<Hash> leaves) throws IOException {
    for (Hash leaf : leaves) {
      tree.append(leaf, hashes::add);
      if (wrong.isEmpty()) {
        wrong = hashes.takeFull();
      }
      passMilestone();
      if (wrong.isPresent()) {
        return;
      }
    }
  }

  private void passMilestone() {
    for (Milestone milestone : milestones.getOrDefault(tree.size(), List.of())) {
      if (wrong.isPresent()) {
        return;
      }
      if (!milestone.checkpoint().root().equals(tree.root())) {
        long last = Math.max(0, tree.size() - 1);
        wrong =
            Optional.of(
                new Verdict.Tampered(
                    "the entries do not give the root in " + milestone.source(),
                    Math.min(agreed, last),
                    last));
      } else {
        passed.add(milestone);
      }
      agreed = tree.size();
    }
  }

  private Optional<Verdict> compareHashes(Tile tile, byte[] computed) throws IOException {
    if (tile.level() == 0) {
      // Compared when the entries were read, hash by hash.
      return Optional.empty();
    }
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
}
