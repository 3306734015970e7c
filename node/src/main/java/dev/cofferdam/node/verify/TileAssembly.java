package dev.cofferdam.node.verify;

import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.Node;
import dev.cofferdam.protocol.log.Tile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Puts together the tiles of hashes that follow from a growing tree: one unfinished tile a level,
 * and no more.
 */
final class TileAssembly {
  private static final int LEVELS = 7;
  private static final int HEIGHT = 8;

  private final Receiver receiver;
  private final byte[][] content = new byte[LEVELS][Tile.FULL * Hash.LENGTH];
  private final long[] nodes = new long[LEVELS];
  private int full;

  /** Gets each tile when it is full, and at the end those that are not. */
  @FunctionalInterface
  interface Receiver {
    /** What is wrong with the tile that should have this content; empty when nothing is. */
    Optional<Verdict> receive(Tile tile, byte[] content) throws IOException;
  }

  TileAssembly(Receiver receiver) {
    this.receiver = receiver;
  }

  /** Takes the hash of a subtree that is now complete. */
  void add(Node node, Hash hash) {
    if (node.level() % HEIGHT != 0 || node.level() / HEIGHT >= LEVELS) {
      return;
    }
    int level = node.level() / HEIGHT;
    int position = (int) (nodes[level]++ % Tile.FULL);
    hash.copyTo(content[level], position * Hash.LENGTH);
    if (position == Tile.FULL - 1) {
      // Levels fill from the lowest up, and each only when the one below is full.
      full = level + 1;
    }
  }

  /** Hands over the tiles that have become full since the last call. */
  Optional<Verdict> takeFull() throws IOException {
    Optional<Verdict> wrong = Optional.empty();
    for (int level = 0; level < full && wrong.isEmpty(); level++) {
      wrong = emit(level);
    }
    full = 0;
    return wrong;
  }

  /** Hands over the tiles that the tree's end leaves unfinished. */
  Optional<Verdict> finish() throws IOException {
    Optional<Verdict> wrong = Optional.empty();
    for (int level = 0; level < LEVELS && wrong.isEmpty(); level++) {
      if (nodes[level] % Tile.FULL != 0) {
        wrong = emit(level);
      }
    }
    return wrong;
  }

  private Optional<Verdict> emit(int level) throws IOException {
    long last = nodes[level] - 1;
    int width = (int) (last % Tile.FULL) + 1;
    Tile tile = new Tile(Tile.Kind.HASHES, level, last / Tile.FULL, width);
    return receiver.receive(tile, Arrays.copyOf(content[level], width * Hash.LENGTH));
  }
}
