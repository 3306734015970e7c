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

  /** The record of an act of the caller's own. */
  public FoundRecord find(Caller caller, RecordId id) {
    Optional<Party> actor = party(caller);
    if (actor.isEmpty()) {
      return new FoundRecord.None();
    }
    for (LogId log : logs(caller)) {
      FoundRecord found =
          stored.look(log, id, record -> AuditRecord.decode(record).actor().equals(actor.get()));
      if (!(found instanceof FoundRecord.None)) {
        return found;
      }
    }
    return new FoundRecord.None();
  }

  private static Optional<Party> party(Caller caller) {
    return switch (caller) {
      case Caller.Anonymous anonymous -> Optional.empty();
      case Caller.Person person -> Optional.of(new Actor.OfPerson(person.id()).party());
      case Caller.Operator operator -> Optional.of(new Actor.OfOperator(operator.id()).party());
      case Caller.Visitor visitor -> Optional.of(new Actor.OfOperator(visitor.id()).party());
      case Caller.Agent agent ->
          Optional.of(new Actor.OfAgent(agent.id(), agent.token().toString()).party());
      case Caller.Service service -> Optional.of(new Actor.OfService(service.id()).party());
      case Caller.Node node -> Optional.of(new Actor.OfNode(node.id().value()).party());
    };
  }

  /** The likeliest first. */
  private List<LogId> logs(Caller caller) {
    List<TenantId> own =
        switch (caller) {
          case Caller.Person person -> tenants.of(person.id());
          case Caller.Visitor visitor -> List.of(visitor.in());
          case Caller.Bearer bearer -> List.of(bearer.in().tenant());
          case Caller.Node node -> List.of(node.in());
          case Caller.Operator operator -> List.of();
          case Caller.Anonymous anonymous -> List.of();
        };
    List<LogId> logs = new ArrayList<>();
    caller.tenant().filter(own::contains).map(LogId.OfTenant::new).ifPresent(logs::add);
    logs.add(LogId.PLATFORM);
    own.stream().map(LogId.OfTenant::new).filter(log -> !logs.contains(log)).forEach(logs::add);
    return logs;
  }
}
