package dev.cofferdam.protocol.log;

/**
 * The content of a tile of hashes.
 *
 * @param tile which one
 */
public record HashTile(Tile tile, byte[] content) {
  public HashTile {
    if (tile.kind() != Tile.Kind.HASHES || content.length != tile.width() * Hash.LENGTH) {
      throw new IllegalArgumentException(
          "`%s` is %d bytes, not %d"
              .formatted(tile.path(), tile.width() * Hash.LENGTH, content.length));
    }
  }

  /** The content of {@code tile}, from the tree. */
  public static HashTile of(Tile tile, Nodes nodes) {
    byte[] content = new byte[tile.width() * Hash.LENGTH];
    for (int position = 0; position < tile.width(); position++) {
      nodes.hash(tile.node(position)).copyTo(content, position * Hash.LENGTH);
    }
    return new HashTile(tile, content);
  }

  /**
   * The hash of {@code node}, which this tile holds or which follows from what it holds.
   *
   * @throws IllegalArgumentException when the node does not lie within this tile
   */
  public Hash hash(Node node) {
    int height = node.level() - tile.level() * 8;
    long first = node.index() << Math.max(height, 0);
    long position = first - tile.index() * Tile.FULL;
    if (height < 0 || height > 7 || position < 0 || position + (1L << height) > tile.width()) {
      throw new IllegalArgumentException(node + " does not follow from `" + tile.path() + "`");
    }
    return hash((int) position, height);
  }

  private Hash hash(int position, int height) {
    if (height == 0) {
      return Hash.at(content, position * Hash.LENGTH);
    }
    int half = 1 << (height - 1);
    return Merkle.node(hash(position, height - 1), hash(position + half, height - 1));
  }
}
