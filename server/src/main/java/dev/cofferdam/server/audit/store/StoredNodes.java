package dev.cofferdam.server.audit.store;

import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.HashTile;
import dev.cofferdam.protocol.log.Node;
import dev.cofferdam.protocol.log.Nodes;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.server.audit.LogId;
import java.util.HashMap;
import java.util.Map;

/**
 * The hashes of one log's tree, read tile by tile and kept: a proof needs some of the same again.
 * For one use by one thread.
 */
public final class StoredNodes implements Nodes {
  private final LogTables tables;
  private final LogId log;
  private final long size;
  private final Map<Tile, HashTile> read = new HashMap<>();

  StoredNodes(LogTables tables, LogId log, long size) {
    this.tables = tables;
    this.log = log;
    this.size = size;
  }

  @Override
  public Hash hash(Node node) {
    return read.computeIfAbsent(Tile.ofNode(node, size), this::tile).hash(node);
  }

  /** How many tiles were read so far. */
  int tilesRead() {
    return read.size();
  }

  /**
   * A tile of hashes, which lies within the tree.
   *
   * @throws IllegalStateException when a hash of it is missing in the database
   */
  public HashTile tile(Tile tile) {
    String sql =
        tile.level() == 0
            ? """
            select coalesce(string_agg(leaf_hash, '' order by leaf_index), '') from {leaf}
             where {log} and leaf_index >= :first and leaf_index < :end
            """
            : """
            select coalesce(string_agg(node_hash, '' order by node_index), '') from {node}
             where {log} and tile_level = :level and node_index >= :first and node_index < :end
            """;
    long first = tile.index() * Tile.FULL;
    byte[] content =
        tables
            .sql(log, sql)
            .param("level", tile.level())
            .param("first", first)
            .param("end", first + tile.width())
            .query((row, number) -> row.getBytes(1))
            .single();
    if (content.length != tile.width() * Hash.LENGTH) {
      throw new IllegalStateException(
          "`%s` lacks %d of the hashes of `%s`"
              .formatted(log.name(), tile.width() - content.length / Hash.LENGTH, tile.path()));
    }
    return new HashTile(tile, content);
  }
}
