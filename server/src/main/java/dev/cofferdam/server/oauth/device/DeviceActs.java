package dev.cofferdam.server.oauth.device;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.audit.RefusalSource;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionOperations;

/** What is recorded of answers, in the log of the tenant that they were given in. */
final class DeviceActs {
  private final Outbox app;
  private final TransactionOperations transaction;
  private final Outbox ops;

  DeviceActs(Outbox app, TransactionOperations transaction, Outbox ops) {
    this.app = app;
    this.transaction = transaction;
    this.ops = ops;
  }

  /** A code that is none: somebody has mistyped it, or guesses. */
  void missed(Call call, Caller.Person by) {
    transaction.executeWithoutResult(
        status ->
            app.record(
                Entry.denied(
                        new LogId.OfTenant(Tenants.current()),
                        new Actor.OfPerson(by.id()),
                        "device.open",
                        ProblemCode.NOT_FOUND.code())
                    .in(call.id())));
  }

  /** With the network that asked, and no single address: a record stays for good. */
  RecordId answered(
      Call call, Caller.Person by, TenantId tenant, DeviceRequests.Waiting asked, boolean allowed) {
    Entry entry =
        Entry.done(
                new LogId.OfTenant(tenant),
                new Actor.OfPerson(by.id()),
                allowed ? "device.allowed" : "device.denied")
            .on("device", asked.id().toString())
            .in(call.id())
            .with("client", asked.client().id().value())
            .with("network", RefusalSource.of(asked.from()).network())
            .with(
                "scopes",
                asked.scopes().stream()
                    .map(TokenScope::text)
                    .sorted()
                    .collect(Collectors.joining(" ")));
    return ops.record(asked.token().isPresent() ? entry.with("for", TokenDetails.TYPE) : entry);
  }
}
