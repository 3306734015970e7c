package dev.cofferdam.server.identity.closing;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.audit.Closing;
import dev.cofferdam.server.audit.LogClosing;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantChange;
import dev.cofferdam.server.tenancy.TenantData;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Ends the tenants whose deletion is due. Every step can be made again by any server, and the last
 * one says that there is nothing left: so what was interrupted is gone on with, and is at no moment
 * called done that is not.
 */
public final class Erasures {
  /**
   * How long after nobody can enter any more the rows are deleted: longer than a gate remembers and
   * a transaction lasts, so that nothing is written behind the broom.
   */
  static final Duration SETTLING = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
  private static final Scope LIFE = new Scope.OfPlatform(new Purpose("tenant_life"));
  private static final int AT_ONCE = 20;

  /** Before it is another tenant's turn. */
  private static final int PASSES = 5;

  /** It signs the log's last records: it goes with the log, when that is closed. */
  private static final Set<KeyPurpose> KEPT = Set.of(KeyPurpose.CHECKPOINT);

  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final Tenants tenants;
  private final TenantGate gate;
  private final TenantData data;
  private final Keyring keyring;
  private final LogClosing logs;
  private final Clock clock;

  Erasures(
      JdbcClient ops,
      TransactionOperations transaction,
      Tenants tenants,
      TenantGate gate,
      TenantData data,
      Keyring keyring,
      LogClosing logs,
      Clock clock) {
    this.ops = ops;
    this.transaction = transaction;
    this.tenants = tenants;
    this.gate = gate;
    this.data = data;
    this.keyring = keyring;
    this.logs = logs;
    this.clock = clock;
  }

  /**
   * Goes on with every deletion that is due, as far as it can be gone on with now. One that fails
   * does not hold up the others.
   *
   * @return how many tenants were ended
   */
  public int workOff() {
    Instant now = clock.instant();
    int ended = 0;
    for (TenantId tenant : due(now)) {
      try {
        ended += goOn(tenant, now) ? 1 : 0;
      } catch (RuntimeException e) {
        LOG.error("Tenant {} could not be deleted yet, and is tried again.", tenant, e);
      }
    }
    return ended;
  }

  private List<TenantId> due(Instant now) {
    return Scopes.call(
        LIFE,
        () ->
            ops.sql("select tenant_id from identity.due_closings(:now, :most)")
                .param("now", now.atOffset(UTC))
                .param("most", AT_ONCE)
                .query((row, n) -> new TenantId(row.getObject("tenant_id", UUID.class)))
                .list());
  }

  private boolean goOn(TenantId tenant, Instant now) {
    Optional<Instant> begun = inTransaction(() -> begin(tenant, now));
    if (begun.isEmpty() || now.isBefore(begun.get().plus(SETTLING))) {
      return false;
    }
    // First the keys: from here on nothing that was sealed can be read, also not in what is left.
    gate.scopeOf(tenant)
        .ifPresent(place -> Scopes.run(place, () -> keyring.destroyAllOf(tenant, KEPT)));
    if (!isEmptied(tenant)) {
      return false;
    }
    return switch (logs.close(tenant)) {
      case Closing.Closed closed -> end(tenant);
      // What is on its way into the log stands soon.
      case Closing.Draining draining -> false;
      case Closing.InUse inUse -> false;
    };
  }

  /** Whether a whole pass found nothing any more: one call for a large tenant is not all of it. */
  private boolean isEmptied(TenantId tenant) {
    for (int pass = 1; pass <= PASSES; pass++) {
      if (data.erase(tenant) == 0) {
        return true;
      }
    }
    return false;
  }

  /** When it was begun; in the same transaction nobody enters the tenant any more. */
  private Optional<Instant> begin(TenantId tenant, Instant now) {
    Optional<Instant> begun =
        ops.sql("select identity.begin_closing(:tenant, :now)")
            .param("tenant", tenant.value())
            .param("now", now.atOffset(UTC))
            .query(OffsetDateTime.class)
            .optional()
            .map(OffsetDateTime::toInstant);
    if (begun.isPresent()) {
      TenantChange change = tenants.startDeletion(tenant);
      if (change instanceof TenantChange.Changed) {
        LOG.info("Tenant {} is being deleted.", tenant);
      }
    }
    return begun;
  }

  private boolean end(TenantId tenant) {
    return inTransaction(
        () -> {
          boolean changed = tenants.finishDeletion(tenant) instanceof TenantChange.Changed;
          ops.sql("select identity.end_closing(:tenant)")
              .param("tenant", tenant.value())
              .query(Boolean.class)
              .single();
          if (changed) {
            LOG.info("Tenant {} is deleted.", tenant);
          }
          return changed;
        });
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Scopes.call(
        LIFE, () -> java.util.Objects.requireNonNull(transaction.execute(status -> work.get())));
  }
}
