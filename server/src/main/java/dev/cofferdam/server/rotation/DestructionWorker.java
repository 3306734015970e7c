package dev.cofferdam.server.rotation;

import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantDirectory;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantListing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Does destructions whose time has come, one tenant after the other, on any number of servers: what
 * a tenant is done with is noted by who saw the tenant before it done with, and doing it again
 * changes nothing.
 */
final class DestructionWorker {
  private static final int REST = 3;
  private static final Duration LONGEST_REST = Duration.ofSeconds(1);

  private final DestructionRows rows;
  private final KeyEndings endings;
  private final RunActs acts;
  private final TransactionOperations transaction;
  private final TenantDirectory directory;
  private final RunWorker.Rest rest;
  private final Clock clock;

  DestructionWorker(
      DestructionRows rows,
      KeyEndings endings,
      RunActs acts,
      TransactionOperations transaction,
      TenantDirectory directory,
      RunWorker.Rest rest,
      Clock clock) {
    this.rows = rows;
    this.endings = endings;
    this.acts = acts;
    this.transaction = transaction;
    this.directory = directory;
    this.rest = rest;
    this.clock = clock;
  }

  /** Works on one, a tenant at a time; whether there is more that can be done now. */
  boolean work() {
    Optional<Destruction> due =
        inRuns(rows::approved).stream().filter(one -> one.isDue(clock.instant())).findFirst();
    if (due.isEmpty()) {
      return false;
    }
    Destruction destruction = due.get();
    if (destruction.doneTo().isEmpty()) {
      // INVARIANT: it is seen to go on before anything is destroyed. From then on nobody calls it
      // back.
      inRuns(() -> rows.pass(destruction, Destruction.BEFORE_ALL, 0, 0));
      return true;
    }
    List<TenantListing> next = directory.list(destruction.doneTo(), Optional.empty(), 1);
    if (next.isEmpty()) {
      inRuns(
          () -> {
            Optional<Destruction> ended = rows.end(destruction, clock.instant());
            ended.ifPresent(acts::ended);
            return ended;
          });
      return true;
    }
    long began = System.nanoTime();
    pass(destruction, next.getFirst().tenant());
    Duration wanted = Duration.ofNanos(System.nanoTime() - began).multipliedBy(REST);
    rest.take(wanted.compareTo(LONGEST_REST) < 0 ? wanted : LONGEST_REST);
    return true;
  }

  private void pass(Destruction destruction, TenantId tenant) {
    KeyEndings.Came came = endings.destroyOf(tenant, destruction.purpose(), destruction.version());
    inRuns(
        () ->
            rows.pass(
                destruction,
                tenant,
                came == KeyEndings.Came.DESTROYED ? 1 : 0,
                came == KeyEndings.Came.KEPT ? 1 : 0));
  }

  private <T> T inRuns(Supplier<T> work) {
    return Scopes.call(
        RunWorker.RUNS, () -> Objects.requireNonNull(transaction.execute(status -> work.get())));
  }
}
