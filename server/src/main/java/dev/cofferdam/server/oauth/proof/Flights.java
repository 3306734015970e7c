package dev.cofferdam.server.oauth.proof;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes together what comes while others are under way: of many callers at once a few send what all
 * of them have. Nobody waits for company, so who is alone is as fast as without this; and no thread
 * is kept for it, since one of those who wait goes ahead for the others. For any number of threads.
 *
 * @param <T> what is sent
 * @param <R> what becomes of one
 */
final class Flights<T, R> {
  private final int mostAtOnce;
  private final int mostTogether;
  private final Function<List<T>, List<R>> journey;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Passenger<T, R>> waiting = new ArrayDeque<>();
  private int underWay;

  /**
   * @param mostAtOnce how many flights are under way at a time
   * @param mostTogether how many go in one
   * @param journey sends them, and gives for each what became of it, in the same order; when it
   *     throws, all of them have failed
   */
  Flights(int mostAtOnce, int mostTogether, Function<List<T>, List<R>> journey) {
    this.mostAtOnce = mostAtOnce;
    this.mostTogether = mostTogether;
    this.journey = journey;
  }

  private static final class Passenger<T, R> {
    private final T what;

    /** Completes with those for whom they are to go, or with nobody once they were taken along. */
    private final CompletableFuture<List<Passenger<T, R>>> called = new CompletableFuture<>();

    private @Nullable R result;
    private @Nullable RuntimeException failure;

    private Passenger(T what) {
      this.what = what;
    }
  }

  /**
   * Sends {@code what}, alone or with others, and returns what became of it.
   *
   * @throws RuntimeException what the journey threw, the same for all who went together
   */
  R send(T what) {
    Passenger<T, R> own = new Passenger<>(what);
    board(own);
    // Not to be interrupted: who is called to go ahead has the others in their hands.
    List<Passenger<T, R>> together = own.called.join();
    if (!together.isEmpty()) {
      go(together);
    }
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
      if (underWay < mostAtOnce) {
        underWay++;
        callNext();
      }
    } finally {
      lock.unlock();
    }
  }

  private void go(List<Passenger<T, R>> together) {
    try {
      List<R> results = journey.apply(together.stream().map(one -> one.what).toList());
      for (int n = 0; n < together.size(); n++) {
        together.get(n).result = results.get(n);
      }
    } catch (RuntimeException e) {
      together.forEach(one -> one.failure = e);
    } finally {
      together.forEach(one -> one.called.complete(List.of()));
      landed();
    }
  }

  private void landed() {
    lock.lock();
    try {
      if (waiting.isEmpty()) {
        underWay--;
      } else {
        callNext();
      }
    } finally {
      lock.unlock();
    }
  }

  /** With the lock held, and somebody waiting. */
  private void callNext() {
    List<Passenger<T, R>> together = new ArrayList<>(Math.min(waiting.size(), mostTogether));
    while (!waiting.isEmpty() && together.size() < mostTogether) {
      together.add(waiting.removeFirst());
    }
    together.getFirst().called.complete(together);
  }
}
