package dev.cofferdam.server.console;

import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.audit.Proven;
import dev.cofferdam.server.audit.read.StoredRecord;
import dev.cofferdam.server.surface.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record on its page.
 *
 * @param times how often it happened, where it stands for several events
 * @param personal whether something about a person is kept apart
 * @param receipt its text
 * @param size how many records the checkpoint of the receipt has
 */
public record RecordCard(
    RecordLine line,
    long index,
    @Nullable String request,
    Map<String, String> details,
    @Nullable String times,
    boolean personal,
    String receipt,
    long size) {

  static RecordCard of(Proven proven, Caller.SignedIn caller) {
    AuditRecord record = AuditRecord.decode(proven.record());
    long index = proven.receipt().index();
    var repetition = record.repetition();
    return new RecordCard(
        RecordLine.of(new StoredRecord(index, record), caller),
        index,
        record.request(),
        record.details(),
        repetition == null
            ? null
            : "%,d times until %s".formatted(repetition.count(), Words.second(repetition.until())),
        record.personal() != null,
        proven.receipt().toString(),
        Checkpoint.parse(proven.receipt().note().text()).size());
  }
}
