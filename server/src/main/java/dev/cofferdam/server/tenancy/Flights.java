package dev.cofferdam.server.tenancy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes together what comes while others are under way: of many callers at once a few send what all
 * of them have. Nobody waits for company, so who is alone is as fast as without this; and no thread
 * is kept for it, since one of those who wait goes ahead for the others. For any number of threads.
 *
 * <p>Who goes ahead does so in the scope that is bound to it: all who share one of these are of one
 * scope, or the journey binds its own (docs/adr/0099).
 *
 * @param <T> what is sent
 * @param <R> what becomes of one
 */
public final class Flights<T, R> {
  private final int mostAtOnce;
  private final long patienceNanos;
  private final int mostTogether;
  private final Function<List<T>, List<R>> journey;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Passenger<T, R>> waiting = new ArrayDeque<>();

  /** The one that went last at the end. */
  private final List<Flight<T, R>> underWay = new ArrayList<>();

  /**
   * @param mostAtOnce how many flights are under way at a time
   * @param patience how long one may be under way before whoever comes goes beside it: so most go
   *     together, and one that hangs does not hold up everybody
   * @param mostTogether how many go in one
   * @param journey sends them, and gives for each what became of it, in the same order; when it
   *     throws, all of them have failed
   */
  public Flights(
      int mostAtOnce, Duration patience, int mostTogether, Function<List<T>, List<R>> journey) {
    this.mostAtOnce = mostAtOnce;
    this.patienceNanos = patience.toNanos();
    this.mostTogether = mostTogether;
    this.journey = journey;
  }

  private static final class Passenger<T, R> {
    private final T what;

    /** Completes with the flight that it is to lead, or with none once it was taken along. */
    private final CompletableFuture<Optional<Flight<T, R>>> called = new CompletableFuture<>();

    private @Nullable R result;
    private @Nullable RuntimeException failure;

    private Passenger(T what) {
      this.what = what;
    }
  }

  private static final class Flight<T, R> {
    private final List<Passenger<T, R>> together = new ArrayList<>();
    private final long departed = System.nanoTime();
  }

  /**
   * Sends {@code what}, alone or with others, and returns what became of it.
   *
   * @throws RuntimeException what the journey threw, the same for all who went together
   */
  public R send(T what) {
    Passenger<T, R> own = new Passenger<>(what);
    board(own);
    // Not to be interrupted: who is called to go ahead has the others in their hands.
    own.called.join().ifPresent(this::go);
    if (own.failure != null) {
      throw own.failure;
    }
    if (own.result == null) {
      throw new IllegalStateException("a flight ended, and nobody knows how");
    }
    return own.result;
  }

  private void board(Passenger<T, R> one) {
    lock.lock();
    try {
      waiting.addLast(one);
      if (underWay.isEmpty() || underWay.size() < mostAtOnce && isLate(underWay.getLast())) {
        callNext();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isLate(Flight<T, R> flight) {
    return System.nanoTime() - flight.departed >= patienceNanos;
  }

  private void go(Flight<T, R> flight) {
    List<Passenger<T, R>> together = flight.together;
    try {
      List<R> results = journey.apply(together.stream().map(one -> one.what).toList());
      for (int n = 0; n < together.size(); n++) {
        together.get(n).result = results.get(n);
      }
    } catch (RuntimeException e) {
      together.forEach(one -> one.failure = e);
    } finally {
      together.forEach(one -> one.called.complete(Optional.empty()));
      landed(flight);
    }
  }

  private void landed(Flight<T, R> flight) {
    lock.lock();
    try {
      underWay.remove(flight);
      if (!waiting.isEmpty()) {
        callNext();
      }
    } finally {
      lock.unlock();
    }
  }

  /** With the lock held, and somebody waiting. */
  private void callNext() {
    Flight<T, R> flight = new Flight<>();
    while (!waiting.isEmpty() && flight.together.size() < mostTogether) {
      flight.together.add(waiting.removeFirst());
    }
    underWay.addLast(flight);
    flight.together.getFirst().called.complete(Optional.of(flight));
  }
}
