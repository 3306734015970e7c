package dev.cofferdam.server.console;

import dev.cofferdam.server.audit.read.StoredRecord;
import dev.cofferdam.server.surface.Caller;
import org.jspecify.annotations.Nullable;

/** A record in the list; times once for machines and once for people. */
public record RecordLine(
    String id,
    String action,
    PartyView actor,
    @Nullable PartyView object,
    String outcome,
    @Nullable String code,
    String at,
    String time) {

  static RecordLine of(StoredRecord stored, Caller.SignedIn caller) {
    var record = stored.record();
    return new RecordLine(
        record.id().toString(),
        record.action(),
        PartyView.of(record.actor(), caller),
        record.object() == null ? null : PartyView.of(record.object(), caller),
        record.outcome().word(),
        record.code(),
        record.time().toString(),
        Words.second(record.time()));
  }
}
