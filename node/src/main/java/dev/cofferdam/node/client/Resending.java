package dev.cofferdam.node.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Sends a request again that met nobody, or a server that asks for a little time. */
public final class Resending {
  private final Sleeper sleeper;

  public Resending(Sleeper sleeper) {
    this.sleeper = sleeper;
  }

  /** Lets time pass. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  /** A request, which is made anew each time: a proof is good once. */
  @FunctionalInterface
  public interface Attempt {
    Reply send() throws IOException, InterruptedException;
  }

  /** How long is waited, and how often. Of one request. */
  @FunctionalInterface
  public interface Pace {
    /**
     * How long to wait now; empty when it is enough.
     *
     * @param asked for how long the server asks
     */
    Optional<Duration> next(Optional<Duration> asked);
  }

  /**
   * The first answer that is more than a request for time.
   *
   * @throws UnreachableServerException when there is none; the message says what was met last
   */
  public Reply send(Attempt attempt, Pace pace) throws IOException {
    while (true) {
      String met;
      Optional<Duration> asked = Optional.empty();
      try {
        Reply reply = attempt.send();
        if (!reply.isForNow()) {
          return reply;
        }
        met = "it answers %d %s".formatted(reply.status(), reply.code());
        asked = reply.retryAfter();
      } catch (InterruptedException e) {
        throw stopped(e);
      } catch (UnusableHomeException | RefusedByServerException e) {
        throw e;
      } catch (IOException e) {
        met = String.valueOf(e.getMessage());
      }
      Optional<Duration> wait = pace.next(asked);
      if (wait.isEmpty()) {
        throw new UnreachableServerException(met);
      }
      sleep(wait.get());
    }
  }

  /** Lets time pass, or ends because it was told to. */
  public void sleep(Duration time) throws IOException {
    try {
      sleeper.sleep(time);
    } catch (InterruptedException e) {
      throw stopped(e);
    }
  }

  private static IOException stopped(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new UnreachableServerException("told to stop", e);
  }
}
