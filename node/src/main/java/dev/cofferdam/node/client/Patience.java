package dev.cofferdam.node.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long, and how often, a request is sent again that met nobody, or a server that asks for a
 * little time: twice as long after each, by chance a little more or less, or as the server says.
 */
final class Patience {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Duration whole;
  private final RandomGenerator chance;
  private final Sleeper sleeper;

  /** Lets time pass. */
  interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  /** A request, which is made anew each time: a proof is good once. */
  interface Attempt {
    Reply send() throws IOException, InterruptedException;
  }

  /**
   * @param whole how long it is waited altogether; zero for once
   */
  Patience(Duration whole, RandomGenerator chance, Sleeper sleeper) {
    this.whole = whole;
    this.chance = chance;
    this.sleeper = sleeper;
  }

  static Patience of(Duration whole) {
    return new Patience(whole, RandomGenerator.getDefault(), Thread::sleep);
  }

  /**
   * The first answer that is more than a request for time.
   *
   * @throws UnreachableServerException when the time is over; the message says what was met last
   */
  Reply send(Attempt attempt) throws IOException {
    Duration waited = Duration.ZERO;
    Duration next = FIRST;
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
      Duration wait = asked.orElse(spread(next));
      if (waited.plus(wait).compareTo(whole) > 0) {
        throw new UnreachableServerException(met);
      }
      sleep(wait);
      waited = waited.plus(wait);
      next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
    }
  }

  /**
   * Between half and one and a half of it, so that many who lost one server do not come at once.
   */
  private Duration spread(Duration time) {
    return time.dividedBy(2).plusMillis(chance.nextLong(time.toMillis() + 1));
  }

  private void sleep(Duration time) throws IOException {
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
