package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one postmaster running on one port until it is closed: when the process ends, another is
 * started, at once at first and then ever more slowly, for as long as what is wrong may pass.
 */
final class Supervisor implements AutoCloseable {
  private static final Duration SHUTDOWN = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);
  private static final Duration STEADY = Duration.ofSeconds(30);

  private final Cluster cluster;
  private final int port;
  private final LogFile log;
  private final Clock clock;
  private final List<Consumer<State>> listeners = new CopyOnWriteArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closed = lock.newCondition();
  private State state;
  private Duration pause = Duration.ZERO;
  private long readySince = System.nanoTime();
  private boolean closing;
  private @Nullable Postmaster current;

  Supervisor(Cluster cluster, int port, LogFile log, Clock clock) {
    this.cluster = cluster;
    this.port = port;
    this.log = log;
    this.clock = clock;
    this.state = new State.Restarting(clock.instant(), "it is being started");
  }

  int port() {
    return port;
  }

  State state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  void onStateChange(Consumer<State> listener) {
    listeners.add(listener);
  }

  /** The process id of the postmaster of the moment. */
  long pid() {
    lock.lock();
    try {
      return current == null ? -1 : current.pid();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The first start, which is watched over only if it succeeds. Takes as long as it takes: large
   * data are repaired for minutes.
   */
  Postmaster.Start start(Consumer<String> progress) throws IOException {
    Postmaster postmaster = launch();
    if (postmaster == null) {
      throw new PostgresRefusedException("Cofferdam was stopped before PostgreSQL had started.");
    }
    Postmaster.Start start = awaited(postmaster, progress);
    if (start instanceof Postmaster.Start.Ready) {
      running(postmaster);
    }
    return start;
  }

  private static Postmaster.Start awaited(Postmaster postmaster, Consumer<String> progress) {
    CompletableFuture<Postmaster.Start> start = postmaster.started();
    while (!start.isDone()) {
      try {
        return start.get(SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException patience) {
        progress.accept("PostgreSQL: still starting; after a crash large data take a while");
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        postmaster.stop(SHUTDOWN);
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    return start.join();
  }

  private @Nullable Postmaster launch() throws IOException {
    lock.lock();
    try {
      if (closing) {
        return null;
      }
      current = Postmaster.launch(cluster, port, log);
      return current;
    } finally {
      lock.unlock();
    }
  }

  private void running(Postmaster postmaster) {
    lock.lock();
    try {
      readySince = System.nanoTime();
    } finally {
      lock.unlock();
    }
    change(postmaster, new State.Running());
    postmaster
        .ended()
        .thenRun(() -> Thread.ofVirtual().name("postgres-restart").start(() -> revive(postmaster)));
  }

  private void revive(Postmaster dead) {
    Instant since = clock.instant();
    change(dead, new State.Restarting(since, dead.end(cluster.layout())));
    if (System.nanoTime() - readySince > STEADY.toNanos()) {
      pause = Duration.ZERO;
    }
    while (waitedUnlessClosed()) {
      try {
        Postmaster postmaster = launch();
        if (postmaster == null) {
          return;
        }
        switch (postmaster.started().join()) {
          case Postmaster.Start.Ready _ -> {
            running(postmaster);
            return;
          }
          case Postmaster.Start.Refused(Trouble trouble, List<String> lines) -> {
            String reason = trouble.explain(cluster.layout(), lines);
            if (!trouble.mayPass()) {
              change(postmaster, new State.Failed(reason));
              return;
            }
            change(postmaster, new State.Restarting(since, reason));
          }
        }
      } catch (IOException failure) {
        change(dead, new State.Restarting(since, String.valueOf(failure.getMessage())));
      }
    }
  }

  /** Waits the pause of this attempt and lengthens the next; false once closed. */
  private boolean waitedUnlessClosed() {
    lock.lock();
    try {
      long nanos = pause.toNanos();
      while (!closing && nanos > 0) {
        nanos = closed.awaitNanos(nanos);
      }
      Duration next = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
      pause = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
      return !closing;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** What a postmaster that is not the one of the moment says no longer counts. */
  private void change(Postmaster postmaster, State next) {
    lock.lock();
    try {
      if (closing || postmaster != current) {
        return;
      }
      tell(next);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    Postmaster last;
    lock.lock();
    try {
      closing = true;
      closed.signalAll();
      last = current;
      current = null;
    } finally {
      lock.unlock();
    }
    if (last == null) {
      return;
    }
    last.stop(SHUTDOWN);
    lock.lock();
    try {
      tell(new State.Stopped());
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock, so that everybody hears of the changes in the order in which they happened. */
  private void tell(State next) {
    state = next;
    listeners.forEach(listener -> listener.accept(next));
  }
}
