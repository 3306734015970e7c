package dev.cofferdam.server.audit;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.Succession;
import dev.cofferdam.server.keyring.Handover;
import dev.cofferdam.server.keyring.KeyAnnounced;
import dev.cofferdam.server.keyring.KeyCreated;
import dev.cofferdam.server.keyring.KeyDestroyed;
import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyRetired;
import dev.cofferdam.server.keyring.KeyRotated;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.RingDestroyed;
import dev.cofferdam.server.tenancy.TenantEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Records what tenancy and keyring announce, inside the transaction that does it: what cannot be
 * recorded is not done.
 *
 * <p>A listener by its type and not by annotation, so that it hears from the first moment on.
 */
final class Recorder implements ApplicationListener<PayloadApplicationEvent<?>> {
  private final Outbox ofTenancy;
  private final Outbox ofKeyring;
  private final CheckpointKeys keys;

  /**
   * @param ofTenancy for the transactions of {@code cofferdam_ops}
   * @param ofKeyring for the transactions of {@code cofferdam_app}
   */
  Recorder(Outbox ofTenancy, Outbox ofKeyring, CheckpointKeys keys) {
    this.ofTenancy = ofTenancy;
    this.ofKeyring = ofKeyring;
    this.keys = keys;
  }

  @Override
  public void onApplicationEvent(PayloadApplicationEvent<?> event) {
    switch (event.getPayload()) {
      case TenantEvent tenant -> record(tenant);
      case KeyCreated(Ring ring, KeyInfo key) -> record(ring, "key.created", key);
      case KeyAnnounced(Ring ring, KeyInfo key) -> record(ring, "key.announced", key);
      case KeyRotated rotated -> record(rotated);
      case KeyRetired(Ring ring, KeyInfo key) -> record(ring, "key.retired", key);
      case KeyDestroyed(Ring ring, KeyInfo key) -> record(ring, "key.destroyed", key);
      case RingDestroyed destroyed -> record(destroyed);
      default -> {}
    }
  }

  /** For the tenant it is part of its own history, for the operator of the platform's. */
  private void record(TenantEvent event) {
    LogId own = new LogId.OfTenant(event.tenant());
    boolean closed = event instanceof TenantEvent.TenantDeleted && ofTenancy.isClosed(own);
    for (LogId log : closed ? List.of(LogId.PLATFORM) : List.of(own, LogId.PLATFORM)) {
      Entry entry =
          Acting.done(log, "tenancy", action(event)).on("tenant", event.tenant().toString());
      ofTenancy.record(
          switch (event) {
            case TenantEvent.TenantCreated created ->
                entry.with("slug", created.slug().text()).with("name", created.name());
            case TenantEvent.TenantSuspended suspended -> because(entry, suspended.reason());
            case TenantEvent.TenantResumed resumed -> because(entry, resumed.reason());
            case TenantEvent.TenantActivated activated -> entry;
            case TenantEvent.TenantDeletionStarted started -> entry;
            case TenantEvent.TenantDeleted deleted -> entry;
          });
    }
    if (event instanceof TenantEvent.TenantActivated) {
      // Its records waited: before it had a place there was no key to open.
      lookAgain(own);
    }
  }

  private static Entry because(Entry entry, String reason) {
    return reason.isEmpty() ? entry : entry.with("reason", reason);
  }

  private static String action(TenantEvent event) {
    return switch (event) {
      case TenantEvent.TenantCreated created -> "tenant.created";
      case TenantEvent.TenantActivated activated -> "tenant.activated";
      case TenantEvent.TenantSuspended suspended -> "tenant.suspended";
      case TenantEvent.TenantResumed resumed -> "tenant.resumed";
      case TenantEvent.TenantDeletionStarted started -> "tenant.deletion_started";
      case TenantEvent.TenantDeleted deleted -> "tenant.deleted";
    };
  }

  /** A key that signs checkpoints hands over in its log, so that who believes it may go on. */
  private void record(KeyRotated rotated) {
    Map<String, String> details =
        isOfCheckpoints(rotated.ring())
            ? rotated
                .handover()
                .flatMap(handover -> succession(log(rotated.ring()), handover))
                .map(Succession::details)
                .orElse(Map.of())
            : Map.of();
    record(rotated.ring(), Succession.ACTION, rotated.active(), details);
  }

  private static Optional<Succession> succession(LogId log, Handover handover) {
    byte[] successor = Ed25519.raw(handover.successor());
    return handover
        .signed(Succession.text(log.name(), successor))
        .map(endorsement -> new Succession(log.name(), successor, endorsement));
  }

  private void record(RingDestroyed destroyed) {
    if (!isOfCheckpoints(destroyed.ring())) {
      destroyed.keys().forEach(key -> record(destroyed.ring(), "key.destroyed", key));
      return;
    }
    // Nobody could sign what is recorded now: that the log ends is its last record.
    LogId log = log(destroyed.ring());
    if (log.equals(LogId.PLATFORM) || !ofKeyring.isClosed(log)) {
      throw new OpenLogException(log);
    }
    lookAgain(log);
  }

  private void record(Ring ring, String action, KeyInfo key) {
    record(ring, action, key, Map.of());
  }

  private static LogId log(Ring ring) {
    return switch (ring) {
      case Ring.OfPlatform platform -> LogId.PLATFORM;
      case Ring.OfTenant tenant -> new LogId.OfTenant(tenant.tenant());
      case Ring.OfSubject subject -> new LogId.OfTenant(subject.tenant());
    };
  }

  private static boolean isOfCheckpoints(Ring ring) {
    return ring.purpose() == KeyPurpose.CHECKPOINT
        || ring.purpose() == KeyPurpose.PLATFORM_CHECKPOINT;
  }

  private void record(Ring ring, String action, KeyInfo key, Map<String, String> details) {
    LogId log = log(ring);
    Entry entry =
        Acting.done(log, "keyring", action)
            .on("key", key.id().toString())
            .with("purpose", ring.purpose().label())
            .with("version", Integer.toString(key.version()));
    for (Map.Entry<String, String> detail : details.entrySet()) {
      entry = entry.with(detail.getKey(), detail.getValue());
    }
    ofKeyring.record(
        ring instanceof Ring.OfSubject subject
            ? entry.with("subject", subject.subject().toString())
            : entry);
    if (isOfCheckpoints(ring)) {
      lookAgain(log);
    }
  }

  private void lookAgain(LogId log) {
    TransactionSynchronizationManager.registerSynchronization(new KeyChange(log));
  }

  private final class KeyChange implements TransactionSynchronization {
    private final LogId log;

    private KeyChange(LogId log) {
      this.log = log;
    }

    @Override
    public void afterCommit() {
      keys.look(log);
    }
  }
}
