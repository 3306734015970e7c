package dev.cofferdam.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What waits goes together, each gets what is its own, and a failure is everybody's aboard. */
class FlightsTest {
  private final Queue<List<Integer>> flown = new ConcurrentLinkedQueue<>();
  private final CountDownLatch began = new CountDownLatch(1);
  private final Semaphore mayLand = new Semaphore(0);

  /** Twice the number, once it may land. */
  private List<Integer> doubled(List<Integer> numbers) {
    flown.add(numbers);
    began.countDown();
    mayLand.acquireUninterruptibly();
    return numbers.stream().map(number -> number * 2).toList();
  }

  @Test
  void whoeverIsAloneGoesAtOnce() {
    mayLand.release();

    assertThat(new Flights<>(1, Duration.ZERO, 10, this::doubled).send(4)).isEqualTo(8);
    assertThat(flown).containsExactly(List.of(4));
  }

  @Test
  void whoComesMeanwhileGoesTogetherInTheOrderOfComingAndNoMoreThanThereIsRoom() throws Exception {
    Flights<Integer, Integer> flights = new Flights<>(1, Duration.ZERO, 3, this::doubled);
    Map<Integer, Future<Integer>> sent = new TreeMap<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      sent.put(0, threads.submit(() -> flights.send(0)));
      began.await();
      for (int number = 1; number <= 5; number++) {
        int own = number;
        CountDownLatch running = new CountDownLatch(1);
        Thread[] thread = new Thread[1];
        sent.put(
            own,
            threads.submit(
                () -> {
                  thread[0] = Thread.currentThread();
                  running.countDown();
                  return flights.send(own);
                }));
        running.await();
        // Until it waits for its turn.
        while (thread[0].getState() != Thread.State.WAITING) {
          LockSupport.parkNanos(100_000);
        }
      }
      mayLand.release(3);
      for (Map.Entry<Integer, Future<Integer>> one : sent.entrySet()) {
        assertThat(one.getValue().get()).isEqualTo(one.getKey() * 2);
      }
    }
    assertThat(flown).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5));
  }

  @Test
  void whoComesGoesBesideOneThatIsLateAndWaitsForOneThatIsNot() throws Exception {
    Flights<Integer, Integer> late = new Flights<>(2, Duration.ZERO, 10, this::doubled);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> first = threads.submit(() -> late.send(1));
      began.await();
      Future<Integer> beside = threads.submit(() -> late.send(2));
      while (flown.size() < 2) {
        LockSupport.parkNanos(100_000);
      }
      mayLand.release(2);
      assertThat(first.get() + beside.get()).isEqualTo(6);

      Flights<Integer, Integer> inTime = new Flights<>(2, Duration.ofHours(1), 10, this::doubled);
      Future<Integer> third = threads.submit(() -> inTime.send(3));
      while (flown.size() < 3) {
        LockSupport.parkNanos(100_000);
      }
      Thread[] waiting = new Thread[1];
      Future<Integer> behind =
          threads.submit(
              () -> {
                waiting[0] = Thread.currentThread();
                return inTime.send(4);
              });
      while (waiting[0] == null || waiting[0].getState() != Thread.State.WAITING) {
        LockSupport.parkNanos(100_000);
      }
      assertThat(flown).containsExactly(List.of(1), List.of(2), List.of(3));
      mayLand.release(2);
      assertThat(third.get() + behind.get()).isEqualTo(14);
    }
  }

  @Test
  void whatFailsIsToldToAllAboardAndTheNextOnesGo() throws Exception {
    AtomicInteger journeys = new AtomicInteger();
    Flights<Integer, Integer> flights =
        new Flights<>(
            1,
            Duration.ZERO,
            100,
            numbers -> {
              List<Integer> doubled = doubled(numbers);
              if (journeys.incrementAndGet() == 2) {
                throw new IllegalStateException("cut");
              }
              return doubled;
            });
    List<Future<Integer>> together = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> first = threads.submit(() -> flights.send(1));
      began.await();
      for (int n = 0; n < 20; n++) {
        together.add(threads.submit(() -> flights.send(2)));
      }
      mayLand.release();
      assertThat(first.get()).isEqualTo(2);
      mayLand.release(1_000);
      int failed = 0;
      for (Future<Integer> one : together) {
        try {
          assertThat(one.get()).isEqualTo(4);
        } catch (ExecutionException lost) {
          assertThat(lost.getCause()).hasMessage("cut");
          failed++;
        }
      }
      assertThat(failed).isEqualTo(List.copyOf(flown).get(1).size());
    }
    assertThat(flights.send(3)).isEqualTo(6);
  }

  @Test
  void aJourneyThatSaysTooLittleFails() {
    Flights<Integer, Integer> flights = new Flights<>(1, Duration.ZERO, 10, numbers -> List.of());

    assertThatThrownBy(() -> flights.send(1)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> flights.send(1)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void ofManyThreadsEachGetsItsOwn() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Flights<Integer, Integer> flights =
        new Flights<>(
            2,
            Duration.ZERO,
            7,
            numbers -> {
              most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
              Thread.yield();
              atOnce.decrementAndGet();
              return numbers.stream().map(number -> -number).toList();
            });
    List<Future<?>> workers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 64; n++) {
        int own = n;
        workers.add(
            threads.submit(
                () -> {
                  for (int time = 1; time <= 300; time++) {
                    assertThat(flights.send(own * 1_000 + time)).isEqualTo(-(own * 1_000 + time));
                  }
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    }
    assertThat(most.get()).isBetween(1, 2);
  }
}
