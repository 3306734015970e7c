package dev.cofferdam.server.operations;

import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.StatedReason;
import dev.cofferdam.server.tenancy.TenantChange;
import dev.cofferdam.server.tenancy.TenantDirectory;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantListing;
import dev.cofferdam.server.tenancy.TenantState;
import dev.cofferdam.server.tenancy.Tenants;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tenants from outside. Safe for use by many threads. */
public final class OperatedTenants {
  private final TenantDirectory directory;
  private final Tenants tenants;
  private final Outbox outbox;

  /**
   * @param outbox of the transactions of {@code cofferdam_ops}
   */
  OperatedTenants(TenantDirectory directory, Tenants tenants, Outbox outbox) {
    this.directory = directory;
    this.tenants = tenants;
    this.outbox = outbox;
  }

  /**
   * The tenants, by the time at which they were made.
   *
   * @param asked its position is the id of the last one of the page before
   * @param state of which they are; all when absent
   */
  public Page<TenantListing> list(PageRequest asked, Optional<TenantState> state) {
    @Nullable String after = asked.after();
    List<TenantListing> found =
        directory.list(
            Optional.ofNullable(after).map(UUID::fromString).map(TenantId::new),
            state,
            asked.limit() + 1);
    if (found.size() <= asked.limit()) {
      return new Page<>(found, null);
    }
    List<TenantListing> items = found.subList(0, asked.limit());
    return new Page<>(items, items.getLast().tenant().toString());
  }

  public Optional<TenantListing> find(TenantId tenant) {
    return directory.find(tenant);
  }

  /** The tenant that has this slug, or one that could be taken for it. */
  public Optional<TenantListing> named(String slug) {
    return directory.named(slug);
  }

  /** Closes a tenant to its people: within a second, on every server. */
  public Operation suspend(TenantId tenant, StatedReason reason) {
    AtomicReference<@Nullable RecordId> record = new AtomicReference<>();
    return done(tenant, tenants.suspend(tenant, reason.text(), keeping(record)), record);
  }

  /** Opens a suspended tenant to its people again. */
  public Operation resume(TenantId tenant, StatedReason reason) {
    AtomicReference<@Nullable RecordId> record = new AtomicReference<>();
    return done(tenant, tenants.resume(tenant, reason.text(), keeping(record)), record);
  }

  /** What was announced stands in both logs; the operator gets the receipt of the platform's. */
  private Runnable keeping(AtomicReference<@Nullable RecordId> record) {
    return () -> record.set(outbox.last(LogId.PLATFORM).orElseThrow());
  }

  private Operation done(
      TenantId tenant, TenantChange change, AtomicReference<@Nullable RecordId> record) {
    return switch (change) {
      case TenantChange.Changed changed -> {
        RecordId written = record.get();
        if (written == null) {
          throw new IllegalStateException("a tenant was moved and nothing recorded");
        }
        yield new Operation.Done(new Recorded<>(written, directory.find(tenant).orElseThrow()));
      }
      case TenantChange.Already(TenantState state) -> new Operation.NoWay(state);
      case TenantChange.NoWay(TenantState from, TenantState to) -> new Operation.NoWay(from);
      case TenantChange.Unknown unknown -> new Operation.Unknown();
    };
  }
}
