package dev.cofferdam.node.verify;

import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.ConsistencyProof;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.HashTile;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Node;
import dev.cofferdam.protocol.log.Tile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Part of a log: its entries are hashed again, the hashes of all others are taken from the log's
 * tiles, and together they must give the signed root. That proves of the part what a walk over the
 * whole log proves; of the rest it proves nothing. Memory does not grow with the log.
 */
final class Stretch {
  private final LogDirectory log;
  private final Entries entries;
  private final Checkpoint own;
  private final Span span;
  private final Progress progress;

  private final Deque<Hash> leaves = new ArrayDeque<>();
  private long read;

  /**
   * @param own the log's signed checkpoint
   * @param span within it
   */
  Stretch(
      LogDirectory log, List<LogDirectory> copies, Checkpoint own, Span span, Progress progress) {
    this.log = log;
    this.entries = new Entries(log, copies);
    this.own = own;
    this.span = span;
    this.progress = progress;
    this.read = span.from();
  }

  /** Why the walk cannot go on. */
  private static final class StoppedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Verdict.Tampered verdict;

    StoppedException(Verdict.Tampered verdict) {
      super(verdict.what(), null, false, false);
      this.verdict = verdict;
    }
  }

  /** What is wrong with the part; empty when nothing is. */
  Optional<Verdict> walk(List<Milestone> milestones) throws IOException {
    try {
      if (!root(0, own.size()).equals(own.root())) {
        return everywhere(
            "the entries and the log's other hashes do not give the root in the log's own"
                + " checkpoint");
      }
      for (Milestone milestone : milestones) {
        if (!begins(milestone.checkpoint())) {
          return everywhere(
              "the log's hashes do not lead from the root in "
                  + milestone.source()
                  + " to its own");
        }
      }
      return Optional.empty();
    } catch (StoppedException e) {
      return Optional.of(e.verdict);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The hashes outside the part are not compared with entries, so the divergence may be there. */
  private Optional<Verdict> everywhere(String what) {
    return Optional.of(new Verdict.Tampered(what, 0, own.size() - 1));
  }

  private boolean begins(Checkpoint earlier) throws StoppedException {
    try {
      return ConsistencyProof.of(earlier.size(), own.size(), this::stored)
          .proves(earlier.root(), own.root());
    } catch (IllegalStateException e) {
      throw new StoppedException(
          new Verdict.Tampered(String.valueOf(e.getMessage()), 0, own.size() - 1));
    }
  }

  /** The hash over the leaves from {@code begin} to before {@code end}, as RFC 9162 splits them. */
  private Hash root(long begin, long end) throws IOException, StoppedException {
    boolean apart = end <= span.from() || begin >= span.to();
    if (apart && Long.bitCount(end - begin) == 1) {
      return storedOrStop(new Node(Long.numberOfTrailingZeros(end - begin), begin / (end - begin)));
    }
    if (end - begin == 1) {
      return nextLeaf();
    }
    long middle = begin + Long.highestOneBit(end - begin - 1);
    Hash left = root(begin, middle);
    return Merkle.node(left, root(middle, end));
  }

  private Hash nextLeaf() throws IOException, StoppedException {
    if (leaves.isEmpty()) {
      Tile tile = Tile.ofEntry(read, own.size());
      switch (entries.read(tile)) {
        case Entries.Read.Wrong(Verdict.Tampered verdict) -> throw new StoppedException(verdict);
        case Entries.Read.Agreed(List<Hash> hashes) -> {
          long first = tile.index() * Tile.FULL;
          leaves.addAll(hashes.subList((int) (read - first), hashes.size()));
          read = first + hashes.size();
        }
      }
      progress.at(Math.min(read, span.to()) - span.from(), span.to() - span.from());
    }
    return leaves.removeFirst();
  }

  private Hash storedOrStop(Node node) throws StoppedException {
    try {
      return stored(node);
    } catch (IllegalStateException e) {
      throw new StoppedException(
          new Verdict.Tampered(
              String.valueOf(e.getMessage()), node.firstLeaf(), node.endLeaf() - 1));
    }
  }

  private Hash stored(Node node) {
    Tile tile = Tile.ofNode(node, own.size());
    try {
      byte[] content =
          log.hashes(tile)
              .orElseThrow(
                  () -> new IllegalStateException("`" + tile.path() + "` is missing or cut"));
      return new HashTile(tile, Arrays.copyOf(content, tile.width() * Hash.LENGTH)).hash(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
