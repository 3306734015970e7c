package dev.cofferdam.server.rotation;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.Optional;

/**
 * What the platform's log says of rotations: each in the transaction that does it, or before what
 * stands in a tenant's own log.
 */
final class RunActs {
  private static final Actor SELF = new Actor.OfPlatform("rotation");

  private final Outbox outbox;

  RunActs(Outbox outbox) {
    this.outbox = outbox;
  }

  RecordId begun(Call call, Caller.Operator by, KeyRun run) {
    return outbox.record(
        of(run, Entry.done(LogId.PLATFORM, new Actor.OfOperator(by.id()), "rotation.begin"))
            .in(call.id())
            .with("urgent", Boolean.toString(run.urgent()))
            .with("reason", run.reason()));
  }

  void resumed(KeyRun run) {
    outbox.record(
        counted(run, Entry.done(LogId.PLATFORM, SELF, "rotation.resumed"))
            .with("resumed", Integer.toString(run.resumed())));
  }

  void ended(KeyRun run) {
    outbox.record(
        counted(run, Entry.done(LogId.PLATFORM, SELF, "rotation.ended"))
            .with("resumed", Integer.toString(run.resumed())));
  }

  /** That a key is about to be ended. */
  RecordId ending(
      Call call,
      Caller.Operator by,
      String action,
      KeyPurpose purpose,
      Optional<TenantId> tenant,
      int version,
      String reason) {
    Entry entry =
        Entry.done(LogId.PLATFORM, new Actor.OfOperator(by.id()), action)
            .in(call.id())
            .with("purpose", purpose.label())
            .with("version", Integer.toString(version))
            .with("reason", reason);
    return outbox.record(tenant.map(whose -> entry.with("tenant", whose.toString())).orElse(entry));
  }

  /** What an operator says of a destruction. */
  RecordId said(Call call, Caller.Operator by, String action, Destruction destruction) {
    return outbox.record(
        of(destruction, Entry.done(LogId.PLATFORM, new Actor.OfOperator(by.id()), action))
            .in(call.id())
            .with("reason", destruction.reason()));
  }

  void ended(Destruction destruction) {
    outbox.record(
        of(destruction, Entry.done(LogId.PLATFORM, SELF, "destruction.ended"))
            .with("destroyed", Long.toString(destruction.destroyed()))
            .with("kept", Long.toString(destruction.kept())));
  }

  private static Entry of(Destruction destruction, Entry entry) {
    return entry
        .on("destruction", destruction.id().toString())
        .with("purpose", destruction.purpose().label())
        .with("version", Integer.toString(destruction.version()));
  }

  private static Entry counted(KeyRun run, Entry entry) {
    return of(run, entry)
        .with("rings", Long.toString(run.rings()))
        .with("cells", Long.toString(run.cells()))
        .with("unopenable", Long.toString(run.spoilt()));
  }

  private static Entry of(KeyRun run, Entry entry) {
    Entry named = entry.on("rotation", run.id().toString()).with("purpose", run.purpose().label());
    return run.only().map(tenant -> named.with("tenant", tenant.toString())).orElse(named);
  }
}
