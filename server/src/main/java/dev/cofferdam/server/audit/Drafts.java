package dev.cofferdam.server.audit;

import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.RecordId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Makes records out of entries: gives them id and time, and puts personal data apart. */
final class Drafts {
  private final Ids ids;
  private final PersonalRecords personal;
  private final Clock clock;

  Drafts(PersonalRecords personal, Clock clock) {
    this.ids = new Ids(clock, new SecureRandom());
    this.personal = personal;
    this.clock = clock;
  }

  /** The record of an entry, now. Personal data are written here, before what names them. */
  Draft draft(Entry entry, boolean fromOutbox) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    RecordId id = new RecordId(ids.next());
    PersonalData about = entry.personal();
    @Nullable String digest = about == null ? null : personal.seal(entry.log(), id, about);
    byte[] record = entry.record(id, now, digest).encode();
    return new Draft(entry.log(), id, record, fromOutbox);
  }

  /** The record of what happened several times, from {@code begin} on. */
  Draft draft(Entry entry, Instant begin) {
    RecordId id = new RecordId(ids.next());
    return new Draft(entry.log(), id, entry.record(id, begin, null).encode(), false);
  }
}
