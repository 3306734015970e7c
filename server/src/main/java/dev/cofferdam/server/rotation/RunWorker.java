package dev.cofferdam.server.rotation;

import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantDirectory;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantListing;
import dev.cofferdam.server.tenancy.TenantState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Goes on with rotations, on every server: of those that nobody holds it takes the one that has
 * waited longest, works on it for a while, and lets go of it. What a server held that died is free
 * when its time is over, and goes on where it was.
 *
 * <p>Works a quarter of the time and rests three, so that what people wait for comes first.
 */
final class RunWorker {
  /** How long a server that says nothing is thought to be at work. */
  static final Duration HELD = Duration.ofSeconds(10);

  /** After so many portions it is another rotation's turn. */
  static final int TURN = 40;

  static final Scope RUNS = new Scope.OfPlatform(new Purpose("rotation"));
  private static final Scope KEYRING = new Scope.OfPlatform(new Purpose("keyring"));
  private static final int REST = 3;
  private static final Duration LONGEST_REST = Duration.ofSeconds(1);

  private final RunRows rows;
  private final RunActs acts;
  private final TransactionOperations transaction;
  private final Turns turns;
  private final TenantTurns tenants;
  private final TenantDirectory directory;
  private final TenantGate gate;
  private final Rest rest;
  private final Clock clock;
  private final UUID self = UUID.randomUUID();

  RunWorker(
      RunRows rows,
      RunActs acts,
      TransactionOperations transaction,
      Turns turns,
      TenantTurns tenants,
      TenantDirectory directory,
      TenantGate gate,
      Rest rest,
      Clock clock) {
    this.rows = rows;
    this.acts = acts;
    this.transaction = transaction;
    this.turns = turns;
    this.tenants = tenants;
    this.directory = directory;
    this.gate = gate;
    this.rest = rest;
    this.clock = clock;
  }

  /** How a server leaves the machine to others for a while. */
  interface Rest {
    /**
     * Comes back after that time.
     *
     * @throws StoppedException when the server stops meanwhile
     */
    void take(Duration time);

    /** The server stops: nobody goes on. */
    final class StoppedException extends IllegalStateException {
      private static final long serialVersionUID = 1L;

      StoppedException() {
        super("the server stops");
      }
    }
  }

  /** Works on one rotation; whether there is more that can be done now. */
  boolean work() {
    Optional<KeyRun> taken = inRuns(this::take);
    if (taken.isEmpty()) {
      return false;
    }
    KeyRun run = taken.get();
    try {
      return run.purpose().holder() == KeyPurpose.Holder.PLATFORM ? platform(run) : tenants(run);
    } finally {
      inRuns(
          () -> {
            rows.release(run.id(), self, clock.instant());
            return true;
          });
    }
  }

  private Optional<KeyRun> take() {
    Optional<RunRows.Taken> taken = rows.take(self, clock.instant(), until());
    taken.filter(RunRows.Taken::left).ifPresent(left -> acts.resumed(left.run()));
    return taken.map(RunRows.Taken::run);
  }

  private boolean platform(KeyRun run) {
    Turns.Came came;
    try {
      came = Scopes.call(KEYRING, () -> turns.turn(run));
    } catch (RuntimeException e) {
      throw heldUp(run, Optional.empty(), e);
    }
    return switch (came) {
      case TURNED -> end(run, 1);
      case UNUSED -> end(run, 0);
      case WAITS -> false;
    };
  }

  private boolean tenants(KeyRun taken) {
    Turn turn = new Turn(taken);
    KeyRun run = taken;
    while (true) {
      Optional<TenantListing> next = next(run);
      if (next.isEmpty()) {
        return end(run, 0);
      }
      TenantId tenant = next.get().tenant();
      Optional<Part> part;
      try {
        part = part(run, next.get(), turn);
      } catch (RuntimeException e) {
        throw heldUp(run, Optional.of(tenant), e);
      }
      if (part.isEmpty()) {
        return true;
      }
      KeyRun before = run;
      Optional<KeyRun> passed =
          inRuns(() -> rows.pass(before.id(), self, tenant, part.get(), until()));
      if (passed.isEmpty() || !turn.another(true)) {
        return true;
      }
      run = passed.get();
    }
  }

  /** Says so, beside the log, where whoever looks at the rotation sees it. */
  private RuntimeException heldUp(KeyRun run, Optional<TenantId> by, RuntimeException failure) {
    if (failure instanceof Rest.StoppedException) {
      return failure;
    }
    try {
      inRuns(
          () -> {
            rows.holdUp(run.id(), self, new HeldUp(by, clock.instant(), HeldUp.Code.of(failure)));
            return true;
          });
    } catch (RuntimeException away) {
      failure.addSuppressed(away);
    }
    return failure;
  }

  private Optional<TenantListing> next(KeyRun run) {
    if (run.only().isPresent()) {
      return run.doneTo().isPresent() ? Optional.empty() : directory.find(run.only().get());
    }
    List<TenantListing> following = directory.list(run.doneTo(), Optional.empty(), 1);
    return following.stream().findFirst();
  }

  /** Of a tenant whose data are being destroyed nothing is turned any more. */
  private Optional<Part> part(KeyRun run, TenantListing tenant, Turn turn) {
    boolean ends = tenant.state() == TenantState.DELETING || tenant.state() == TenantState.DELETED;
    Optional<Scope.OfTenant> scope = ends ? Optional.empty() : gate.scopeOf(tenant.tenant());
    return scope.isEmpty()
        ? Optional.of(Part.NOTHING)
        : Scopes.call(scope.get(), () -> tenants.turn(run, tenant.tenant(), turn));
  }

  private boolean end(KeyRun run, long rings) {
    inRuns(
        () -> {
          Optional<KeyRun> ended = rows.end(run.id(), self, rings, clock.instant());
          ended.ifPresent(acts::ended);
          return ended;
        });
    return true;
  }

  private Instant until() {
    return clock.instant().plus(HELD);
  }

  private <T> T inRuns(Supplier<T> work) {
    return Scopes.call(
        RUNS, () -> Objects.requireNonNull(transaction.execute(status -> work.get())));
  }

  /** One server's turn at one rotation. */
  private final class Turn implements TenantTurns.Portions {
    private final KeyRun run;
    private int left = TURN;
    private long began = System.nanoTime();

    private Turn(KeyRun run) {
      this.run = run;
    }

    @Override
    public boolean another(boolean useful) {
      Duration worked = Duration.ofNanos(System.nanoTime() - began);
      Duration wanted = worked.multipliedBy(REST);
      rest.take(wanted.compareTo(LONGEST_REST) < 0 ? wanted : LONGEST_REST);
      began = System.nanoTime();
      // A page on which nothing opens does not count: else a turn might end before there is any
      // use.
      if (useful && --left == 0) {
        return false;
      }
      return inRuns(() -> rows.hold(run.id(), self, until()));
    }
  }
}
