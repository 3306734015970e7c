package dev.cofferdam.node.terminal;

import dev.cofferdam.node.client.Reply;
import dev.cofferdam.node.client.UnreachableServerException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How a command waits: a server that asks for a moment is given some, and whoever sits at the
 * terminal is not kept for long.
 *
 * @param clock by which a login is good or not
 */
public record Patience(Clock clock, Sleeper sleeper) {
  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Lets time pass. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  /** A request. */
  @FunctionalInterface
  interface Attempt {
    Reply send() throws IOException, InterruptedException;
  }

  static Patience ofSystem() {
    return new Patience(Clock.systemUTC(), Thread::sleep);
  }

  /**
   * The first answer that is more than a request for time.
   *
   * @throws UnreachableServerException when there is none; the message says what was met last
   */
  Reply send(Attempt attempt) throws IOException {
    String met = "";
    for (int tries = 1; ; tries++) {
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
      } catch (IOException e) {
        met = String.valueOf(e.getMessage());
      }
      Duration wait = asked.orElse(PAUSE);
      if (tries == TRIES || wait.compareTo(LONGEST) > 0) {
        throw new UnreachableServerException(met);
      }
      sleep(wait);
    }
  }

  void sleep(Duration time) throws IOException {
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
