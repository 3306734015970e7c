package dev.cofferdam.server.rotation;

import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.StatedReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Destructions for all tenants: wished by one operator, approved by another, called back by anybody
 * until they are done ({@link DestructionWorker}). Safe for use by many threads.
 */
public final class Destructions {
  private final DestructionRows rows;
  private final RunActs acts;
  private final TransactionOperations transaction;
  private final Ids ids;
  private final Duration delay;
  private final Clock clock;

  Destructions(
      DestructionRows rows,
      RunActs acts,
      TransactionOperations transaction,
      Ids ids,
      Duration delay,
      Clock clock) {
    this.rows = rows;
    this.acts = acts;
    this.transaction = transaction;
    this.ids = ids;
    this.delay = delay;
    this.clock = clock;
  }

  /** Wishes one. Nothing happens before another operator approves it. */
  public Consent wish(
      Call call, Caller.Operator by, KeyPurpose purpose, int version, StatedReason reason) {
    if (purpose.holder() != KeyPurpose.Holder.TENANT || version < 1) {
      return new Consent.Unknown();
    }
    Destruction wished =
        new Destruction(
            ids.next(),
            purpose,
            version,
            reason.text(),
            by.id(),
            now(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            Optional.empty());
    return inRuns(
        () ->
            rows.insert(wished)
                ? given(call, by, "destruction.wish", wished)
                : new Consent.NoWay());
  }

  /** Approves what another operator wished: it is done when the delay is over. */
  public Consent approve(Call call, Caller.Operator by, UUID id) {
    return inRuns(
        () -> {
          Optional<Destruction> found = rows.findLocked(id);
          if (found.isEmpty()) {
            return new Consent.Unknown();
          }
          if (found.get().state() != Destruction.State.WISHED) {
            return new Consent.NoWay();
          }
          if (!found.get().isByAnother(by.id())) {
            return new Consent.Own();
          }
          Instant now = now();
          rows.approve(id, new Destruction.Approved(by.id(), now, now.plus(delay)));
          return given(call, by, "destruction.approve", rows.find(id).orElseThrow());
        });
  }

  /** Calls it back, whoever wished it: nothing has been done of it, and nothing will be. */
  public Consent withdraw(Call call, Caller.Operator by, UUID id) {
    return inRuns(
        () -> {
          Optional<Destruction> found = rows.findLocked(id);
          if (found.isEmpty()) {
            return new Consent.Unknown();
          }
          Destruction.State state = found.get().state();
          if (state != Destruction.State.WISHED && state != Destruction.State.APPROVED) {
            return new Consent.NoWay();
          }
          rows.withdraw(id, new Destruction.Withdrawn(by.id(), now()));
          return given(call, by, "destruction.withdraw", rows.find(id).orElseThrow());
        });
  }

  public Optional<Destruction> find(UUID id) {
    return inRuns(() -> rows.find(id));
  }

  /** The newest first. */
  public List<Destruction> newest(int most) {
    return inRuns(() -> rows.newest(most));
  }

  private Consent given(Call call, Caller.Operator by, String action, Destruction destruction) {
    return new Consent.Given(new Recorded<>(acts.said(call, by, action, destruction), destruction));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private <T> T inRuns(Supplier<T> work) {
    return Scopes.call(
        RunWorker.RUNS, () -> Objects.requireNonNull(transaction.execute(status -> work.get())));
  }
}
