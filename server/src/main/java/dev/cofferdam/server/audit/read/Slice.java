package dev.cofferdam.server.audit.read;

import java.util.List;
import java.util.Optional;

/**
 * A page of records, the newest first.
 *
 * @param next where the next page begins; empty when this is the last
 * @param unsearched how many of the log's newest records could not be looked at yet: more than none
 *     only while a log is being made searchable for the first time
 */
public record Slice(
    List<StoredRecord> records, Optional<RecordQuery.Position> next, long unsearched) {
  public Slice {
    records = List.copyOf(records);
  }
}
