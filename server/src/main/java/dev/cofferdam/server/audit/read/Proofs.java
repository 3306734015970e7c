package dev.cofferdam.server.audit.read;

import dev.cofferdam.protocol.log.ConsistencyProof;
import dev.cofferdam.protocol.log.InclusionProof;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.audit.store.LogRows;
import dev.cofferdam.server.audit.store.LogTiles;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a log proves, in the scope that is bound to it. Each proof reads some tiles of 256 hashes,
 * as many as the tree has levels of tiles: four of ten million records.
 */
public final class Proofs {
  private final JdbcClient app;
  private final LogRows rows;

  /**
   * @param app runs as {@code cofferdam_app}
   */
  public Proofs(JdbcClient app) {
    this.app = app;
    this.rows = new LogRows(app);
  }

  /** The newest signed checkpoint; empty before the first record. */
  public Optional<Note> checkpoint(LogId log) {
    return rows.head(log).map(Head::note);
  }

  /**
   * That the record at {@code index} stands in the tree of the first {@code size} records; empty
   * when the log has not that many.
   */
  public Optional<InclusionProof> inclusion(LogId log, long index, long size) {
    return has(log, size) && index >= 0 && index < size
        ? Optional.of(InclusionProof.of(index, size, rows.nodes(log, size)))
        : Optional.empty();
  }

  /**
   * That the tree of the first {@code first} records is the beginning of that of the first {@code
   * second}; empty when the log has not that many.
   */
  public Optional<ConsistencyProof> consistency(LogId log, long first, long second) {
    return has(log, second) && first >= 0 && first <= second
        ? Optional.of(ConsistencyProof.of(first, second, rows.nodes(log, second)))
        : Optional.empty();
  }

  /** The content of a tile; empty when the log has not come so far. */
  public Optional<byte[]> tile(LogId log, Tile tile) {
    long size = rows.head(log).map(Head::size).orElse(0L);
    long end = tile.node(tile.width() - 1).endLeaf();
    return end <= size ? Optional.of(new LogTiles(app, log, size).content(tile)) : Optional.empty();
  }

  private boolean has(LogId log, long size) {
    return size >= 0 && size <= rows.head(log).map(Head::size).orElse(0L);
  }
}
