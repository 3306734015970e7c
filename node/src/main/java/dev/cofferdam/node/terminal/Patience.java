package dev.cofferdam.node.terminal;

import dev.cofferdam.node.client.Reply;
import dev.cofferdam.node.client.Resending;
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
public record Patience(Clock clock, Resending resending) {
  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  public Patience(Clock clock, Resending.Sleeper sleeper) {
    this(clock, new Resending(sleeper));
  }

  static Patience ofSystem() {
    return new Patience(Clock.systemUTC(), Thread::sleep);
  }

  /**
   * The first answer that is more than a request for time.
   *
   * @throws UnreachableServerException when there is none; the message says what was met last
   */
  Reply send(Resending.Attempt attempt) throws IOException {
    return resending.send(attempt, new FewTries());
  }

  private static final class FewTries implements Resending.Pace {
    private int tries;

    @Override
    public Optional<Duration> next(Optional<Duration> asked) {
      Duration wait = asked.orElse(PAUSE);
      return ++tries == TRIES || wait.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(wait);
    }
  }

  void sleep(Duration time) throws IOException {
    resending.sleep(time);
  }
}
