package dev.cofferdam.server.audit.store;

import dev.cofferdam.protocol.log.InclusionProof;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.server.audit.LogId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads one log at a time, in the bound scope. What it reads of a tree never changes. */
public final class LogRows {
  private final LogTables tables;

  /**
   * @param app runs as {@code cofferdam_app}
   */
  public LogRows(JdbcClient app) {
    tables = new LogTables(app);
  }

  /** What the log has come to; empty before its first record. */
  public Optional<Head> head(LogId log) {
    return tables
        .sql(log, "select origin, size, frontier, signature from {head} where {log} and size > 0")
        .query(
            (row, number) ->
                new Head(
                    row.getString("origin"),
                    row.getLong("size"),
                    row.getBytes("frontier"),
                    row.getBytes("signature")))
        .optional();
  }

  /** Where a record stands. */
  public Optional<Long> index(LogId log, UUID record) {
    return tables
        .sql(log, "select leaf_index from {leaf} where {log} and record_id = :record")
        .param("record", record)
        .query(Long.class)
        .optional();
  }

  /** The encoded record at an index, as the log commits to it. */
  public Optional<byte[]> record(LogId log, long index) {
    return tables
        .sql(log, "select record from {leaf} where {log} and leaf_index = :index")
        .param("index", index)
        .query((row, number) -> row.getBytes(1))
        .optional();
  }

  /**
   * The receipt of the record at {@code index}, under the head as it is now. Four short reads at
   * most from a log of ten million records.
   *
   * @throws IllegalStateException when the log has no such record, or lacks what belongs to it
   */
  public Receipt receipt(LogId log, long index) {
    Head head =
        head(log)
            .filter(found -> found.size() > index)
            .orElseThrow(
                () -> new IllegalStateException("`" + log.name() + "` ends before " + index));
    InclusionProof proof = InclusionProof.of(index, head.size(), nodes(log, head.size()));
    return new Receipt(index, proof.path(), head.note());
  }

  /** The hashes of the tree of the first {@code size} leaves; keeps what it read. */
  public StoredNodes nodes(LogId log, long size) {
    return new StoredNodes(tables, log, size);
  }
}
