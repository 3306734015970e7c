package dev.cofferdam.server.audit.read;

import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.audit.store.LogRows;
import dev.cofferdam.server.audit.store.LogTiles;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whole logs, or parts, as streams, in the scope that is bound to them. Memory does not grow with
 * the log, and no transaction is open while whoever reads is slow.
 */
public final class Exports {
  private final JdbcClient app;
  private final LogRows rows;

  /**
   * @param app runs as {@code cofferdam_app}
   */
  public Exports(JdbcClient app) {
    this.app = app;
    this.rows = new LogRows(app);
  }

  /**
   * Writes the records from index {@code from} to before {@code to}, as far as the log has them,
   * and flushes.
   *
   * @return how many were written
   * @throws IOException when {@code out} takes no more
   */
  public long write(LogId log, ExportFormat format, long from, long to, OutputStream out)
      throws IOException {
    Optional<Head> head = rows.head(log);
    long end = Math.min(to, head.map(Head::size).orElse(0L));
    format.begin(out);
    long at = Math.max(0, from);
    while (at < end) {
      Tile tile = Tile.ofEntry(at, head.orElseThrow().size());
      List<byte[]> records = new LogTiles(app, log, head.orElseThrow().size()).records(tile);
      long first = tile.index() * Tile.FULL;
      while (at < end && at < first + records.size()) {
        format.record(at, records.get((int) (at - first)), out);
        at++;
      }
    }
    if (head.isPresent()) {
      format.end(head.get().note(), out);
    }
    out.flush();
    return Math.max(0, end - Math.max(0, from));
  }
}
