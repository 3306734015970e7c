package dev.cofferdam.server.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.protocol.record.Repetition;
import dev.cofferdam.server.audit.read.StoredRecord;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record as clients read it. To verify one, take the bytes under {@code …/encoded}.
 *
 * @param index in the log, from 0
 * @param personal whether something about a person is kept apart
 * @param repetition where it stands for several events
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecordBody(
    UUID recordId,
    long index,
    Instant time,
    PartyBody actor,
    String action,
    @Nullable PartyBody object,
    String outcome,
    @Nullable String code,
    @Nullable String requestId,
    Map<String, String> details,
    boolean personal,
    @Nullable RepetitionBody repetition) {

  /** Who, or what. */
  record PartyBody(String kind, String id) {
    static @Nullable PartyBody of(@Nullable Party party) {
      return party == null ? null : new PartyBody(party.kind(), party.id());
    }
  }

  /** How often, and until when. */
  record RepetitionBody(long count, Instant until) {
    static @Nullable RepetitionBody of(@Nullable Repetition repetition) {
      return repetition == null ? null : new RepetitionBody(repetition.count(), repetition.until());
    }
  }

  static RecordBody of(StoredRecord stored) {
    return of(stored.index(), stored.record());
  }

  static RecordBody of(long index, AuditRecord record) {
    return new RecordBody(
        record.id(),
        index,
        record.time(),
        new PartyBody(record.actor().kind(), record.actor().id()),
        record.action(),
        PartyBody.of(record.object()),
        record.outcome().word(),
        record.code(),
        record.request(),
        record.details(),
        record.personal() != null,
        RepetitionBody.of(record.repetition()));
  }
}
