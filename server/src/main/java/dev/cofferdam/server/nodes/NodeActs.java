package dev.cofferdam.server.nodes;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.audit.RefusalSource;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;

/** What is recorded of nodes, in the log of their tenant: ids, names, and names of keys. */
final class NodeActs {
  private final Outbox app;
  private final Outbox ops;

  NodeActs(Outbox app, Outbox ops) {
    this.app = app;
    this.ops = ops;
  }

  RecordId made(Call call, Caller.Person by, BootstrapView token) {
    return app.record(
        own(call, by, "bootstrap_token.made")
            .on("bootstrap_token", token.id().toString())
            .with("name", token.name())
            .with("expires_at", token.expiresAt().toString()));
  }

  RecordId revoked(Call call, Caller.Person by, BootstrapView token) {
    return app.record(
        own(call, by, "bootstrap_token.revoked")
            .on("bootstrap_token", token.id().toString())
            .with("name", token.name()));
  }

  RecordId renamed(Call call, Caller.Person by, NodeView node, String before) {
    return app.record(
        own(call, by, "node.renamed")
            .on("node", node.id().toString())
            .with("name", node.name())
            .with("before", before));
  }

  /**
   * @param taken how many grants and group memberships went with it
   */
  RecordId revoked(Call call, Caller.Person by, NodeView node, int taken) {
    return app.record(
        own(call, by, "node.revoked")
            .on("node", node.id().toString())
            .with("name", node.name())
            .with("taken", Integer.toString(taken)));
  }

  private static Entry own(Call call, Caller.Person by, String action) {
    return Entry.done(new LogId.OfTenant(Tenants.current()), new Actor.OfPerson(by.id()), action)
        .in(call.id());
  }

  RecordId registered(Call call, FoundBootstrap token, NodeId node, NodeKeys keys) {
    return ops.record(
        Entry.done(
                new LogId.OfTenant(token.tenant()),
                new Actor.OfNode(node.value()),
                "node.registered")
            .on("node", node.toString())
            .in(call.id())
            .with("name", token.name())
            .with("bootstrap_token", token.id().toString())
            .with("authentication_key", keys.authenticationId())
            .with("receiving_key", keys.receivingId()));
  }

  RecordId keysChanged(Call call, Caller.Node by, String before, NodeKeys keys) {
    return ops.record(
        Entry.done(
                new LogId.OfTenant(by.in()), new Actor.OfNode(by.id().value()), "node.keys_changed")
            .on("node", by.id().toString())
            .in(call.id())
            .with("before", before)
            .with("authentication_key", keys.authenticationId())
            .with("receiving_key", keys.receivingId()));
  }

  /** That somebody tried a genuine token which is good no more. */
  RecordId tried(Call call, TenantId tenant, BootstrapId token, String why) {
    return ops.record(
        Entry.denied(
                new LogId.OfTenant(tenant),
                new Actor.OfNetwork(RefusalSource.of(call.address())),
                "node.register",
                ProblemCode.GONE.code())
            .on("bootstrap_token", token.toString())
            .in(call.id())
            .with("reason", why));
  }
}
