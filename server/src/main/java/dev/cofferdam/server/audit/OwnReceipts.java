package dev.cofferdam.server.audit;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The receipts of what somebody did themselves, in whichever log it stands
 * (docs/adr/0043-receipts-of-ones-own.md). An act of anybody else's is answered like none.
 */
public final class OwnReceipts {
  private final StoredReceipts stored;
  private final PersonsTenants tenants;

  OwnReceipts(StoredReceipts stored, PersonsTenants tenants) {
    this.stored = stored;
    this.tenants = tenants;
  }

  /** What became of an act. */
  public sealed interface Found {
    /** It stands in its log. */
    record Standing(Proven proven) implements Found {}

    /** It is durable, and its leaf will follow. */
    record Pending() implements Found {}

    /** The caller did no such thing. */
    record None() implements Found {}
  }

  /** What became of the act of the caller's that this record is of. */
  public Found find(Caller caller, RecordId id) {
    Optional<Party> actor = party(caller);
    if (actor.isEmpty()) {
      return new Found.None();
    }
    for (LogId log : logs(caller)) {
      Optional<Found> found =
          stored
              .proven(log, id)
              .<Found>map(proven -> of(proven, actor.get()))
              .or(() -> waiting(log, id, actor.get()))
              // It may have left the outbox between the two looks.
              .or(() -> stored.proven(log, id).map(proven -> of(proven, actor.get())));
      if (found.isPresent()) {
        return found.get();
      }
    }
    return new Found.None();
  }

  private static Found of(Proven proven, Party actor) {
    return isBy(actor, proven.record()) ? new Found.Standing(proven) : new Found.None();
  }

  private Optional<Found> waiting(LogId log, RecordId id, Party actor) {
    return stored
        .waitingRecord(log, id)
        .map(record -> isBy(actor, record) ? new Found.Pending() : new Found.None());
  }

  private static boolean isBy(Party actor, byte[] record) {
    return AuditRecord.decode(record).actor().equals(actor);
  }

  private static Optional<Party> party(Caller caller) {
    return switch (caller) {
      case Caller.Anonymous anonymous -> Optional.empty();
      case Caller.Person person -> Optional.of(new Actor.OfPerson(person.id()).party());
      case Caller.Operator operator -> Optional.of(new Actor.OfOperator(operator.id()).party());
    };
  }

  /** The likeliest first. */
  private List<LogId> logs(Caller caller) {
    List<TenantId> own =
        caller instanceof Caller.Person person ? tenants.of(person.id()) : List.of();
    List<LogId> logs = new ArrayList<>();
    caller.tenant().filter(own::contains).map(LogId.OfTenant::new).ifPresent(logs::add);
    logs.add(LogId.PLATFORM);
    own.stream().map(LogId.OfTenant::new).filter(log -> !logs.contains(log)).forEach(logs::add);
    return logs;
  }
}
