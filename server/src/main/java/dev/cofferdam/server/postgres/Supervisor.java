package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

  /** The first start, which is watched over only if it succeeds. */
  Postmaster.Start start() throws IOException {
    Postmaster postmaster = launch();
    if (postmaster == null) {
      throw new IllegalStateException("closed");
    }
    Postmaster.Start start = postmaster.started().join();
    if (start instanceof Postmaster.Start.Ready) {
      running(postmaster);
    }
    return start;
  }

  private @Nullable Postmaster launch() throws IOException {
    lock.lock();
    try {
      if (closing) {
        return null;
      }
      Watch watch = new Watch();
      current = Postmaster.launch(cluster, port, log, watch);
      watch.over = current;
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
    change(dead, new State.Restarting(since, dead.end()));
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
      state = next;
    } finally {
      lock.unlock();
    }
    listeners.forEach(listener -> listener.accept(next));
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
    State stopped = new State.Stopped();
    lock.lock();
    try {
      state = stopped;
    } finally {
      lock.unlock();
    }
    listeners.forEach(listener -> listener.accept(stopped));
  }

  private final class Watch implements Postmaster.Listener {
    private volatile @Nullable Postmaster over;

    @Override
    public void interrupted() {
      tell(new State.Restarting(clock.instant(), "a server process was killed"));
    }

    @Override
    public void ready() {
      tell(new State.Running());
    }

    private void tell(State next) {
      Postmaster postmaster = over;
      if (postmaster != null) {
        change(postmaster, next);
      }
    }
  }
}
