package dev.cofferdam.server.rotation;

import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.StatedReason;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionOperations;

/** Rotations: begun here, and gone on with by every server. Safe for use by many threads. */
public final class KeyRuns {
  private final Rings rings;
  private final RunRows rows;
  private final RunActs acts;
  private final TransactionOperations transaction;
  private final TenantGate gate;
  private final Ids ids;
  private final Runnable begun;
  private final Clock clock;

  /**
   * @param begun called when there is one more
   */
  KeyRuns(
      Rings rings,
      RunRows rows,
      RunActs acts,
      TransactionOperations transaction,
      TenantGate gate,
      Ids ids,
      Runnable begun,
      Clock clock) {
    this.rings = rings;
    this.rows = rows;
    this.acts = acts;
    this.transaction = transaction;
    this.gate = gate;
    this.ids = ids;
    this.begun = begun;
    this.clock = clock;
  }

  /**
   * What is wanted.
   *
   * @param only one tenant's rings alone
   * @param urgent let a key take over at once that not everybody knows of yet
   */
  public record Wish(
      KeyPurpose purpose, Optional<TenantId> only, boolean urgent, StatedReason reason) {}

  /**
   * Begins a rotation.
   *
   * @param seen what the preview said that the operator saw
   */
  public Beginning begin(Call call, Caller.Operator by, Wish wish, IfMatch seen) {
    if (wish.only().isPresent() && !isOf(wish.purpose(), wish.only().get())) {
      return new Beginning.NoSuchRing();
    }
    if (!isSeen(wish, seen)) {
      return new Beginning.Outdated();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    KeyRun run =
        new KeyRun(
            ids.next(),
            wish.purpose(),
            wish.only(),
            wish.urgent(),
            wish.reason().text(),
            by.id(),
            now,
            Optional.empty(),
            0,
            0,
            0,
            0,
            Optional.empty(),
            Optional.empty());
    Optional<RecordId> record =
        inRuns(() -> rows.insert(run) ? Optional.of(acts.begun(call, by, run)) : Optional.empty());
    if (record.isEmpty()) {
      return new Beginning.GoingOn();
    }
    begun.run();
    return new Beginning.Begun(new Recorded<>(record.get(), run));
  }

  private boolean isSeen(Wish wish, IfMatch seen) {
    return seen.matches(new ETag(rings.seen(wish.purpose(), wish.only())));
  }

  private boolean isOf(KeyPurpose purpose, TenantId tenant) {
    return purpose.holder() != KeyPurpose.Holder.PLATFORM && gate.scopeOf(tenant).isPresent();
  }

  public Optional<KeyRun> find(UUID run) {
    return inRuns(() -> rows.find(run));
  }

  /** The newest first. */
  public List<KeyRun> newest(int most) {
    return inRuns(() -> rows.newest(most));
  }

  private <T> T inRuns(Supplier<T> work) {
    return Scopes.call(
        RunWorker.RUNS, () -> Objects.requireNonNull(transaction.execute(status -> work.get())));
  }
}
