package dev.cofferdam.server.audit.store;

import dev.cofferdam.protocol.log.EntryTile;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.server.audit.LogId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tiles of one log (C2SP tlog-tiles) as they follow from the database, in the bound scope. */
public final class LogTiles {
  private final LogTables tables;
  private final LogId log;
  private final StoredNodes nodes;

  /**
   * @param app runs as {@code cofferdam_app}
   * @param size that the tiles are within
   */
  public LogTiles(JdbcClient app, LogId log, long size) {
    this.tables = new LogTables(app);
    this.log = log;
    this.nodes = new StoredNodes(tables, log, size);
  }

  /**
   * The content of a tile, which lies within the log.
   *
   * @throws IllegalStateException when something of it is missing in the database
   */
  public byte[] content(Tile tile) {
    return switch (tile.kind()) {
      case HASHES -> nodes.tile(tile).content();
      case ENTRIES -> EntryTile.encode(records(tile));
    };
  }

  /**
   * The records of a tile of entries.
   *
   * @throws IllegalStateException when one is missing in the database
   */
  public List<byte[]> records(Tile tile) {
    return records(tile.index() * Tile.FULL, tile.width());
  }

  /**
   * As many records from index {@code first} on, which the log has.
   *
   * @throws IllegalStateException when one is missing in the database
   */
  public List<byte[]> records(long first, int count) {
    List<byte[]> records =
        tables
            .sql(
                log,
                """
                select record from {leaf}
                 where {log} and leaf_index >= :first and leaf_index < :end order by leaf_index
                """)
            .param("first", first)
            .param("end", first + count)
            .query((row, number) -> row.getBytes(1))
            .list();
    if (records.size() != count) {
      throw new IllegalStateException(
          "`%s` lacks %d of the records from %d on"
              .formatted(log.name(), count - records.size(), first));
    }
    return records;
  }
}
