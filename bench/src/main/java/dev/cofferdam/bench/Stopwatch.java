package dev.cofferdam.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Runs contests: every contender has its turn in every round, and a failed operation fails the run.
 */
final class Stopwatch {
  private final Pace pace;
  private final Consumer<String> progress;

  Stopwatch(Pace pace, Consumer<String> progress) {
    this.pace = pace;
    this.progress = progress;
  }

  Measurement measure(Contest contest) throws Exception {
    Map<String, List<Double>> perSecond = new LinkedHashMap<>();
    for (Contender contender : contest.contenders()) {
      turn(contest, contender, pace.warmUp());
    }
    for (int round = 1; round <= pace.rounds(); round++) {
      progress.accept("%s: round %d of %d".formatted(contest.title(), round, pace.rounds()));
      for (Contender contender : contest.contenders()) {
        double figure = turn(contest, contender, pace.turn());
        perSecond.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(figure);
      }
    }
    return new Measurement(contest, perSecond);
  }

  private double turn(Contest contest, Contender contender, Duration length) throws Exception {
    long start = System.nanoTime();
    long end = start + length.toNanos();
    long done = 0;
    int clients = contest.threads() == 0 ? pace.threads() : contest.threads();
    try (var threads = Executors.newFixedThreadPool(clients)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int thread = 0; thread < clients; thread++) {
        counts.add(threads.submit(() -> repeat(contest, contender, end)));
      }
      for (Future<Long> count : counts) {
        done += count.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("`" + contender.name() + "` failed", e.getCause());
    }
    return done * contender.each() / ((System.nanoTime() - start) / 1e9);
  }

  private static long repeat(Contest contest, Contender contender, long end) throws Exception {
    long count = 0;
    var random = ThreadLocalRandom.current();
    while (System.nanoTime() < end) {
      contender.operation().run(1 + random.nextInt(contest.items()));
      count++;
    }
    return count;
  }
}
