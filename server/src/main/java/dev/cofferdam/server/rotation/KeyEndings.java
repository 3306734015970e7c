package dev.cofferdam.server.rotation;

import dev.cofferdam.server.audit.Acting;
import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyKind;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyState;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.Transition;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.StatedReason;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The end of single keys that were rotated away. That it is about to come stands in the platform's
 * log before it does; that it came, in the log of whose key it was. Safe for use by many threads.
 */
public final class KeyEndings {
  private static final Scope KEYRING = new Scope.OfPlatform(new Purpose("keyring"));

  private final Keyring keyring;
  private final Rings rings;
  private final RunActs acts;
  private final TransactionOperations transaction;
  private final TenantGate gate;

  KeyEndings(
      Keyring keyring,
      Rings rings,
      RunActs acts,
      TransactionOperations transaction,
      TenantGate gate) {
    this.keyring = keyring;
    this.rings = rings;
    this.acts = acts;
    this.transaction = transaction;
    this.gate = gate;
  }

  /**
   * One key.
   *
   * @param tenant whose, where the purpose has rings of tenants
   */
  public record Which(KeyPurpose purpose, Optional<TenantId> tenant, int version) {}

  /** Destroys a key that nothing needs any more. */
  public Ending destroy(Call call, Caller.Operator by, Which which, StatedReason reason) {
    return end(call, by, which, reason, DESTROYING);
  }

  /**
   * Has a key verify no more before its time is over, so that what it made is refused: for when
   * somebody has it who should not. Nothing that lies sealed is lost by that: of rings that seal
   * what is kept, keys are not retired so.
   */
  public Ending retire(Call call, Caller.Operator by, Which which, StatedReason reason) {
    return end(
        call,
        by,
        which,
        reason,
        new Way("key.retire", KeyState.RETIRED, view -> agesOut(view.key().purpose())));
  }

  /** What came of the wish that a tenant's key go. */
  enum Came {
    DESTROYED,
    /** It is active, or something needs it or may. */
    KEPT,
    /** There is no such key any more, or was none; or no such tenant. */
    NOTHING
  }

  /** The same for one of many tenants, of which it was recorded before that they are to lose it. */
  Came destroyOf(TenantId tenant, KeyPurpose purpose, int version) {
    Which which = new Which(purpose, Optional.of(tenant), version);
    return gate.scopeOf(tenant)
        .map(scope -> Scopes.call(scope, () -> came(ring(which), which)))
        .orElse(Came.NOTHING);
  }

  private Came came(Ring ring, Which which) {
    Optional<KeyState> state =
        keyring.list(ring).stream()
            .filter(key -> key.version() == which.version())
            .map(KeyInfo::state)
            .findFirst();
    if (state.isEmpty() || state.get() == KeyState.DESTROYED) {
      return Came.NOTHING;
    }
    return refusedOrDone(ring, which, DESTROYING).isEmpty() ? Came.DESTROYED : Came.KEPT;
  }

  private static boolean agesOut(KeyPurpose purpose) {
    return purpose.kind() == KeyKind.MAC
        || purpose == KeyPurpose.ACCESS_TOKEN
        || purpose == KeyPurpose.CURSOR;
  }

  private static final Way DESTROYING =
      new Way("key.destroy", KeyState.DESTROYED, RingView.KeyView::mayGo);

  private record Way(String action, KeyState to, Predicate<RingView.KeyView> allowed) {}

  private Ending end(Call call, Caller.Operator by, Which which, StatedReason reason, Way way) {
    Optional<Scope> scope = scope(which);
    if (scope.isEmpty()) {
      return new Ending.Unknown();
    }
    Ring ring = ring(which);
    Optional<Ending> refusal = Scopes.call(scope.get(), () -> refused(ring, which, way));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    RecordId record =
        Scopes.call(
            RunWorker.RUNS,
            () ->
                Objects.requireNonNull(
                    transaction.execute(
                        status ->
                            acts.ending(
                                call,
                                by,
                                way.action(),
                                which.purpose(),
                                which.tenant(),
                                which.version(),
                                reason.text()))));
    return new Acting(new Actor.OfOperator(by.id()), call.id())
        .call(
            () ->
                Scopes.call(
                    scope.get(),
                    () ->
                        refusedOrDone(ring, which, way)
                            .orElseGet(
                                () -> new Ending.Ended(new Recorded<>(record, rings.view(ring))))));
  }

  /** Looks once more, in the transaction that does it. */
  private Optional<Ending> refusedOrDone(Ring ring, Which which, Way way) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Optional<Ending> refused = refused(ring, which, way);
              if (refused.isPresent()) {
                return refused;
              }
              Transition done =
                  way.to() == KeyState.DESTROYED
                      ? keyring.destroy(ring, which.version())
                      : keyring.retire(ring, which.version());
              return switch (done) {
                case Transition.Moved moved -> Optional.<Ending>empty();
                case Transition.AlreadyThere there -> Optional.of(new Ending.NoWay());
                case Transition.StillActive active -> Optional.of(new Ending.NoWay());
                case Transition.NoSuchKey none -> Optional.of(new Ending.Unknown());
              };
            }));
  }

  private Optional<Ending> refused(Ring ring, Which which, Way way) {
    Optional<RingView.KeyView> found =
        rings.view(ring).keys().stream()
            .filter(view -> view.key().version() == which.version())
            .findFirst();
    if (found.isEmpty()) {
      return Optional.of(new Ending.Unknown());
    }
    KeyInfo key = found.get().key();
    boolean ended = key.state().compareTo(way.to()) >= 0;
    if (key.state() == KeyState.ACTIVE || key.state() == KeyState.ANNOUNCED || ended) {
      return Optional.of(new Ending.NoWay());
    }
    return way.allowed().test(found.get()) ? Optional.empty() : Optional.of(new Ending.Needed());
  }

  private Optional<Scope> scope(Which which) {
    return switch (which.purpose().holder()) {
      case PLATFORM -> which.tenant().isEmpty() ? Optional.of(KEYRING) : Optional.empty();
      case TENANT -> which.tenant().flatMap(gate::scopeOf).map(scope -> scope);
      case SUBJECT -> Optional.empty();
    };
  }

  private static Ring ring(Which which) {
    return which
        .tenant()
        .<Ring>map(tenant -> new Ring.OfTenant(tenant, which.purpose()))
        .orElseGet(() -> new Ring.OfPlatform(which.purpose()));
  }
}
