package dev.cofferdam.node.verify;

import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Tile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads the entries of a log, tile by tile, and compares each with its hash and with the copies.
 */
final class Entries {
  private final LogDirectory log;
  private final List<LogDirectory> copies;

  Entries(LogDirectory log, List<LogDirectory> copies) {
    this.log = log;
    this.copies = List.copyOf(copies);
  }

  /** The entries of one tile. */
  sealed interface Read {
    /**
     * They are there, and agree with everything beside them.
     *
     * @param leaves their hashes, computed
     */
    record Agreed(List<Hash> leaves) implements Read {}

    /** They are not. */
    record Wrong(Verdict.Tampered verdict) implements Read {}
  }

  /** The entries of {@code tile}. */
  Read read(Tile tile) throws IOException {
    long first = tile.index() * Tile.FULL;
    List<byte[]> entries;
    try {
      Optional<List<byte[]>> found = log.entries(tile);
      if (found.isEmpty()) {
        return wrong("`" + tile.path() + "` is missing", first, first);
      }
      entries = found.get();
    } catch (IllegalArgumentException e) {
      return wrong(String.valueOf(e.getMessage()), first, first + tile.width() - 1);
    }
    List<Hash> leaves = new ArrayList<>(entries.size());
    for (byte[] entry : entries) {
      leaves.add(Merkle.leaf(entry));
    }
    Optional<Read> wrong = compareHashes(tile, leaves);
    for (LogDirectory copy : copies) {
      wrong = wrong.isPresent() ? wrong : compare(tile, entries, copy);
    }
    return wrong.orElseGet(() -> new Read.Agreed(leaves));
  }

  /** The exact comparison: a root that does not agree says only that something differs. */
  private Optional<Read> compareHashes(Tile tile, List<Hash> leaves) throws IOException {
    Tile hashes = new Tile(Tile.Kind.HASHES, 0, tile.index(), tile.width());
    Optional<byte[]> stored = log.hashes(hashes);
    long first = tile.index() * Tile.FULL;
    if (stored.isEmpty()) {
      return Optional.of(
          wrong("`" + hashes.path() + "` is missing or cut", first, first + tile.width() - 1));
    }
    for (int position = 0; position < tile.width(); position++) {
      if (!leaves.get(position).equalsAt(stored.get(), position * Hash.LENGTH)) {
        return Optional.of(
            wrong(
                "an entry is not the one that its hash was made of",
                first + position,
                first + position));
      }
    }
    return Optional.empty();
  }

  private static Optional<Read> compare(Tile tile, List<byte[]> entries, LogDirectory copy)
      throws IOException {
    long first = tile.index() * Tile.FULL;
    Optional<List<byte[]>> others;
    try {
      others = copy.entries(tile);
    } catch (IllegalArgumentException e) {
      return Optional.of(
          wrong("in the " + copy + ", " + e.getMessage(), first, first + tile.width() - 1));
    }
    for (int position = 0; others.isPresent() && position < tile.width(); position++) {
      if (!Arrays.equals(entries.get(position), others.get().get(position))) {
        return Optional.of(
            wrong("an entry differs from the " + copy, first + position, first + position));
      }
    }
    return Optional.empty();
  }

  private static Read wrong(String what, long first, long last) {
    return new Read.Wrong(new Verdict.Tampered(what, first, last));
  }
}
