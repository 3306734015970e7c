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
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whole logs, or parts, as streams, in the scope that is bound to them: as far as a head goes that
 * was read before. Memory does not grow with the log, and no transaction is open while whoever
 * reads is slow.
 */
public final class Exports {
  /** How many records are in memory at a time: at the most two megabytes. */
  private static final int AT_ONCE = 64;

  private final JdbcClient app;
  private final LogRows rows;
  private final Records records;

  /**
   * @param app runs as {@code cofferdam_app}
   */
  public Exports(JdbcClient app, Records records) {
    this.app = app;
    this.rows = new LogRows(app);
    this.records = records;
  }

  /** What the log has come to; empty before its first record. */
  public Optional<Head> head(LogId log) {
    return rows.head(log);
  }

  /**
   * Writes the records from index {@code from} to before {@code to}, as far as {@code head} has
   * them, and flushes.
   *
   * @return how many were written
   * @throws IOException when {@code out} takes no more
   */
  public long write(LogId log, Head head, ExportFormat format, long from, long to, OutputStream out)
      throws IOException {
    LogTiles tiles = new LogTiles(app, log, head.size());
    long end = Math.min(to, head.size());
    long at = Math.max(0, from);
    format.begin(out);
    while (at < end) {
      for (byte[] record : tiles.records(at, (int) Math.min(AT_ONCE, end - at))) {
        format.record(at++, record, out);
      }
    }
    format.end(head.note(), out);
    out.flush();
    return Math.max(0, end - Math.max(0, from));
  }

  /**
   * Writes what {@code query} finds in the bound tenant's log, as far as {@code head} goes, the
   * oldest first, and flushes.
   *
   * @param query whose page does not matter
   * @param first the index from which on they stand
   * @return how many were written
   * @throws IOException when {@code out} takes no more
   */
  public long write(
      LogId.OfTenant log,
      Head head,
      ExportFormat format,
      RecordQuery query,
      long first,
      OutputStream out)
      throws IOException {
    format.begin(out);
    long written = 0;
    Optional<Records.Encoded> last = Optional.empty();
    List<Records.Encoded> found = records.oldest(log, query, first, head.size(), last, AT_ONCE);
    while (!found.isEmpty()) {
      for (Records.Encoded record : found) {
        format.record(record.index(), record.record(), out);
        written++;
      }
      last = Optional.of(found.getLast());
      found = records.oldest(log, query, first, head.size(), last, AT_ONCE);
    }
    format.end(head.note(), out);
    out.flush();
    return written;
  }

  /**
   * Writes the log as an archive of the directory that C2SP tlog-tiles makes of it, to be unpacked
   * and verified: tiles first and the checkpoint last, so that what was cut lacks it.
   *
   * @param directory in which everything lies
   * @throws IOException when {@code out} takes no more
   */
  public void writeTiles(LogId log, Head head, String directory, OutputStream out)
      throws IOException {
    LogTiles tiles = new LogTiles(app, log, head.size());
    // Not closed, since the stream beneath is the caller's.
    @SuppressWarnings("resource")
    TarArchiveOutputStream archive = new TarArchiveOutputStream(out);
    for (Tile tile : Tile.added(0, head.size())) {
      put(archive, directory + "/" + tile.path(), tiles.content(tile));
    }
    put(
        archive,
        directory + "/checkpoint",
        head.note().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    archive.finish();
    out.flush();
  }

  private static void put(TarArchiveOutputStream archive, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    // The same log gives the same bytes.
    entry.setModTime(0);
    archive.putArchiveEntry(entry);
    archive.write(content);
    archive.closeArchiveEntry();
  }
}
