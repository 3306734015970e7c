package dev.cofferdam.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Runs contests: every contender has its turn in every round, in one order and the next time in the
 * other, and a failed operation fails the run.
 */
final class Stopwatch {
  private final Pace pace;
  private final Consumer<String> progress;

  Stopwatch(Pace pace, Consumer<String> progress) {
    this.pace = pace;
    this.progress = progress;
  }

  Measurement measure(Contest contest) throws Exception {
    Map<String, List<Turn>> turns = new LinkedHashMap<>();
    for (Contender contender : contest.contenders()) {
      turn(contest, contender, pace.warmUp());
      turns.put(contender.name(), new ArrayList<>());
    }
    for (int round = 1; round <= pace.rounds(); round++) {
      progress.accept("%s: round %d of %d".formatted(contest.title(), round, pace.rounds()));
      List<Contender> order = contest.contenders();
      for (Contender contender : round % 2 == 0 ? order.reversed() : order) {
        Turn turn = turn(contest, contender, pace.turn());
        turns.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(turn);
      }
    }
    return new Measurement(contest, turns);
  }

  private Turn turn(Contest contest, Contender contender, Duration length) throws Exception {
    int count = contest.callers().count() == 0 ? pace.threads() : contest.callers().count();
    ProcessorTime used = ProcessorTime.now();
    long start = System.nanoTime();
    long end = start + length.toNanos();
    Latencies all = new Latencies();
    try (ExecutorService threads =
        contest.callers().virtual()
            ? Executors.newVirtualThreadPerTaskExecutor()
            : Executors.newFixedThreadPool(count)) {
      List<Future<Latencies>> callers = new ArrayList<>();
      for (int caller = 0; caller < count; caller++) {
        // Those who call at a rate do so in turns, and not all at the same moment.
        long first = start + contest.callers().every().toNanos() * caller / count;
        callers.add(threads.submit(() -> repeat(contest, contender, first, end)));
      }
      for (Future<Latencies> caller : callers) {
        all.add(caller.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("`" + contender.name() + "` failed", e.getCause());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double things = (double) all.count() * contender.each();
    return new Turn(
        things / seconds,
        ProcessorTime.now().since(used).toNanos() / 1e3 / things,
        all.millis(0.5),
        all.millis(0.99));
  }

  private static Latencies repeat(Contest contest, Contender contender, long first, long end)
      throws Exception {
    Latencies latencies = new Latencies();
    var random = ThreadLocalRandom.current();
    long every = contest.callers().every().toNanos();
    waitUntil(first);
    for (long due = every == 0 ? System.nanoTime() : first; due < end; ) {
      contender.operation().run(1 + random.nextInt(contest.items()));
      long after = System.nanoTime();
      latencies.add(after - due);
      due = every == 0 ? after : due + every;
      waitUntil(due);
    }
    return latencies;
  }

  static void waitUntil(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
